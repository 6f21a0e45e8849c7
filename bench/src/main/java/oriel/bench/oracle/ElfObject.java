package oriel.bench.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import oriel.model.Architecture;

/** Wraps raw code into the smallest ELF object that llvm-objdump disassembles. */
final class ElfObject {
    private static final byte[] NAMES = "\0.text\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer out;
    private final boolean wide;

    private ElfObject(int size, boolean wide) {
        this.out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        this.wide = wide;
    }

    /** An ELF file with one executable section. */
    static byte[] wrap(CodeBlock block) {
        boolean wide = block.architecture() != Architecture.X86;
        int header = wide ? 64 : 52;
        int section = wide ? 64 : 40;
        int length = block.code().length;
        int names = header + length;
        int sections = names + NAMES.length;
        var file = new ElfObject(sections + 3 * section, wide);
        file.out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), 1, 1}).position(16);
        file.out.putShort((short) 2).putShort(machine(block)).putInt(1);
        file.word(0).word(0).word(sections).out.putInt(0);
        file.out.putShort((short) header).putShort((short) 0).putShort((short) 0);
        file.out.putShort((short) section).putShort((short) 3).putShort((short) 2);
        file.out.put(block.code()).put(NAMES);
        file.section(0, 0, 0, 0, 0, 0);
        file.section(1, 1, 6, block.va(), header, length);
        file.section(7, 3, 0, 0, names, NAMES.length);
        return file.out.array();
    }

    private static short machine(CodeBlock block) {
        return switch (block.architecture()) {
            case X86 -> 3;
            case X64 -> 62;
            case ARM64 -> 183;
            case ARM -> throw new IllegalArgumentException("no oracle for 32-bit ARM");
        };
    }

    private void section(int name, int type, long flags, long va, long at, long size) {
        out.putInt(name).putInt(type);
        word(flags).word(va).word(at).word(size);
        out.putInt(0).putInt(0);
        word(1).word(0);
    }

    private ElfObject word(long value) {
        if (wide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
        return this;
    }
}
