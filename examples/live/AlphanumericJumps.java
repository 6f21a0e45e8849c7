import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.MemoryRegion;
import oriel.win32.WindowsProcess;

/**
 * Finds executable addresses whose bytes are letters and digits only, where a jump lies: what a
 * text that overruns a buffer could go to. {@code AlphanumericJumps 4242}.
 */
public class AlphanumericJumps {
    public static void main(String[] args) {
        try (WindowsProcess process = WindowsProcess.open(Long.parseLong(args[0]))) {
            Disassembler decoder = Disassembler.of(process.architecture());
            var instruction = new Instruction();
            int width = process.architecture().pointerSize();
            long found = 0;
            for (MemoryRegion region : process.memory().map()) {
                if (!region.isExecutable() || !region.isReadable()) {
                    continue;
                }
                long va = region.range().start();
                byte[] code = process.memory().readUpTo(va, (int) region.range().sizeBytes());
                for (int at = 0; at < code.length; at++) {
                    if (isAlphanumeric(va + at, width)
                            && decoder.decode(code, at, code.length, va + at, instruction)
                            && isJump(instruction.flow())) {
                        System.out.printf("%x%n", va + at);
                        found++;
                    }
                }
            }
            System.out.println(found + " addresses");
        }
    }

    private static boolean isJump(FlowKind flow) {
        return flow == FlowKind.JUMP || flow == FlowKind.INDIRECT_JUMP;
    }

    /** Whether the bytes of an address, leading zeros left out, are letters and digits. */
    private static boolean isAlphanumeric(long va, int width) {
        long rest = va;
        int bytes = 0;
        while (rest != 0) {
            int b = (int) (rest & 0xff);
            boolean good = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (!good) {
                return false;
            }
            rest >>>= 8;
            bytes++;
        }
        return bytes >= width / 2;
    }
}
