import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.TargetThread;
import oriel.win32.LiveTarget;

/** Disassembles what each thread of a process is about to do: {@code CodeOfThreads 4242}. */
public class CodeOfThreads {
    public static void main(String[] args) {
        try (LiveTarget target = LiveTarget.open(Long.parseLong(args[0]), false)) {
            var formatter = InstructionFormatter.of(target.architecture(), FormatOptions.WINDBG);
            for (TargetThread thread : target.threads()) {
                long pc = thread.registers().pc().orElse(0);
                byte[] code = target.memory().readUpTo(pc, 64);
                var instruction = new Instruction();
                System.out.println("thread " + thread.ref().threadId());
                for (int at = 0, i = 0; at < code.length && i < 4; i++) {
                    Disassembler.of(target.architecture())
                            .decode(code, at, code.length, pc + at, instruction);
                    var text = new StringBuilder();
                    formatter.format(instruction, text);
                    System.out.printf("  %012x  %s%n", instruction.va(), text);
                    at += instruction.length();
                }
            }
        }
    }
}
