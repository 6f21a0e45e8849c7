package oriel.engine.disasm;

import java.util.Objects;

/** Decodes x86 instructions. */
final class X86Decoder implements Disassembler {
    private static final X86Decoder BITS_32 = new X86Decoder(false);
    private static final X86Decoder BITS_64 = new X86Decoder(true);

    private final boolean is64;

    private X86Decoder(boolean is64) {
        this.is64 = is64;
    }

    static X86Decoder of32() {
        return BITS_32;
    }

    static X86Decoder of64() {
        return BITS_64;
    }

    @Override
    public boolean decode(byte[] code, int offset, int limit, long va, Instruction into) {
        Objects.checkFromToIndex(offset, limit, code.length);
        Objects.checkIndex(offset, limit);
        into.reset(va);
        into.addressMaskBits = is64 ? 64 : 32;
        into.length = 1;
        return false;
    }
}
