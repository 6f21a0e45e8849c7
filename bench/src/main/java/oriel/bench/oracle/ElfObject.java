package oriel.bench.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Wraps raw code into the smallest ELF object that llvm-objdump disassembles. */
final class ElfObject {
    private static final int HEADER = 64;
    private static final int SECTION = 64;
    private static final byte[] NAMES =
            "\0.text\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);

    private ElfObject() {}

    /** An ELF64 file with one executable section; ELF64 because the tools accept it for x86, too. */
    static byte[] wrap(CodeBlock block) {
        int length = block.code().length;
        int names = HEADER + length;
        int sections = names + NAMES.length;
        ByteBuffer out =
                ByteBuffer.allocate(sections + 3 * SECTION).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        out.putShort((short) 2).putShort(machine(block)).putInt(1);
        out.putLong(0).putLong(0).putLong(sections).putInt(0);
        out.putShort((short) HEADER).putShort((short) 0).putShort((short) 0);
        out.putShort((short) SECTION).putShort((short) 3).putShort((short) 2);
        out.put(block.code()).put(NAMES);
        section(out, 0, 0, 0, 0, 0, 0);
        section(out, 1, 1, 6, block.va(), HEADER, length);
        section(out, 7, 3, 0, 0, names, NAMES.length);
        return out.array();
    }

    private static short machine(CodeBlock block) {
        return switch (block.architecture()) {
            case X86, X64 -> 62;
            case ARM64 -> 183;
            case ARM -> throw new IllegalArgumentException("no oracle for 32-bit ARM");
        };
    }

    private static void section(
            ByteBuffer out, int name, int type, long flags, long va, long at, long size) {
        out.putInt(name).putInt(type).putLong(flags).putLong(va).putLong(at).putLong(size);
        out.putInt(0).putInt(0).putLong(1).putLong(0);
    }
}
