import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.win32.WindowsProcess;

/** Disassembles code of a process: {@code Disassemble 4242 140001000 10}. */
public class Disassemble {
    public static void main(String[] args) {
        long va = Long.parseUnsignedLong(args[1], 16);
        int count = Integer.parseInt(args[2]);
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            byte[] code = process.memory().readUpTo(va, count * Disassembler.LONGEST);
            Disassembler decoder = Disassembler.of(process.architecture());
            var formatter = InstructionFormatter.of(process.architecture(), FormatOptions.WINDBG);
            var instruction = new Instruction();
            int at = 0;
            for (int i = 0; i < count && at < code.length; i++) {
                decoder.decode(code, at, code.length, va + at, instruction);
                var text = new StringBuilder();
                formatter.format(instruction, text);
                System.out.printf("%012x  %s%n", instruction.va(), text);
                at += instruction.length();
            }
        }
    }
}
