package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;

import java.util.Objects;

/**
 * Decodes ARM64 (A64): base, floating point, Advanced SIMD, cryptography, atomics, pointer
 * authentication, memory tagging, memory copy. Without SVE and SME, whose words are data here.
 * Layouts: Arm Architecture Reference Manual, DDI 0487, chapter C4.
 */
final class Arm64Decoder implements Disassembler {
    static final Arm64Decoder INSTANCE = new Arm64Decoder();

    private Arm64Decoder() {}

    @Override
    public boolean decode(byte[] code, int offset, int limit, long va, Instruction into) {
        Objects.checkFromToIndex(offset, limit, code.length);
        Objects.checkIndex(offset, limit);
        into.locate(code, offset, va, 64);
        into.reject(Math.min(4, limit - offset));
        if (into.length < 4) {
            return false;
        }
        int word =
                code[offset] & 0xff
                        | (code[offset + 1] & 0xff) << 8
                        | (code[offset + 2] & 0xff) << 16
                        | code[offset + 3] << 24;
        into.word = word;
        decode(word, into);
        boolean known = into.valid;
        if (!known) {
            into.reject(4);
        }
        into.isWord = true;
        return known;
    }

    private static void decode(int word, Instruction to) {
        switch (bits(word, 25, 4)) {
            case 0 -> {
                if (word >>> 16 == 0) {
                    Arm64Operands.begin(to, "udf");
                    Arm64Operands.immediate(to, word);
                    to.flow = FlowKind.UNDEFINED;
                    to.faults = true;
                }
            }
            case 8, 9 -> Arm64Immediate.decode(word, to);
            case 10, 11 -> Arm64Branch.decode(word, to);
            case 4, 6, 12, 14 -> Arm64Memory.decode(word, to);
            case 5, 13 -> Arm64Data.decode(word, to);
            case 7, 15 -> {
                if (bits(word, 24, 8) == 0xce) {
                    Arm64Crypto.decode(word, to);
                } else if (bit(word, 28) && !bit(word, 30)) {
                    if (!bit(word, 29)) {
                        Arm64Float.decode(word, to);
                    }
                } else if (!bit(word, 31)) {
                    Arm64Vector.decode(word, to);
                }
            }
            default -> {
                // SVE, SME and what is not allocated.
            }
        }
    }
}
