package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.begin;
import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.changesFirst;
import static oriel.engine.disasm.Arm64Operands.floating;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.lane;
import static oriel.engine.disasm.Arm64Operands.ra;
import static oriel.engine.disasm.Arm64Operands.rd;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;
import static oriel.engine.disasm.Arm64Operands.vector;
import static oriel.engine.disasm.Arm64Operands.writesFirst;

/** AES, SHA, SM3 and SM4. */
final class Arm64Crypto {
    private static final String[] AES = {"aese", "aesd", "aesmc", "aesimc"};
    private static final String[] HASH = {
        "sha1c", "sha1p", "sha1m", "sha1su0", "sha256h", "sha256h2", "sha256su1"
    };

    private Arm64Crypto() {}

    /** Words that begin with ce: SHA512, SHA3, SM3, SM4. */
    static void decode(int word, Instruction to) {
        switch (bits(word, 21, 3)) {
            case 0, 1 -> {
                if (!bit(word, 15)) {
                    begin(to, bit(word, 21) ? "bcax" : "eor3");
                    three(word, to, "16b");
                    vector(to, ra(word), "16b");
                }
            }
            case 2 -> {
                if (!bit(word, 15)) {
                    begin(to, "sm3ss1");
                    three(word, to, "4s");
                    vector(to, ra(word), "4s");
                } else if (bits(word, 14, 2) == 2) {
                    begin(
                            to,
                            switch (bits(word, 10, 2)) {
                                case 0 -> "sm3tt1a";
                                case 1 -> "sm3tt1b";
                                case 2 -> "sm3tt2a";
                                default -> "sm3tt2b";
                            });
                    vector(to, rd(word), "4s");
                    vector(to, rn(word), "4s");
                    lane(to, rm(word), "s", bits(word, 12, 2));
                    changesFirst(to);
                }
            }
            case 3 -> wide(word, to);
            case 4 -> {
                begin(to, "xar");
                three(word, to, "2d");
                immediate(to, bits(word, 10, 6));
            }
            case 6 -> {
                if (word >>> 11 == 0xcec08000 >>> 11) {
                    begin(to, bit(word, 10) ? "sm4e" : "sha512su0");
                    String shape = bit(word, 10) ? "4s" : "2d";
                    vector(to, rd(word), shape);
                    vector(to, rn(word), shape);
                    changesFirst(to);
                }
            }
            default -> {
                // Not allocated.
            }
        }
    }

    private static void three(int word, Instruction to, String shape) {
        vector(to, rd(word), shape);
        vector(to, rn(word), shape);
        vector(to, rm(word), shape);
        writesFirst(to);
    }

    private static void wide(int word, Instruction to) {
        switch (bits(word, 10, 6)) {
            case 0b100000, 0b100001 -> {
                begin(to, bit(word, 10) ? "sha512h2" : "sha512h");
                floating(to, 4, rd(word));
                floating(to, 4, rn(word));
                vector(to, rm(word), "2d");
                changesFirst(to);
            }
            case 0b100010 -> {
                begin(to, "sha512su1");
                three(word, to, "2d");
                changesFirst(to);
            }
            case 0b100011 -> {
                begin(to, "rax1");
                three(word, to, "2d");
            }
            case 0b110000, 0b110001 -> {
                begin(to, bit(word, 10) ? "sm3partw2" : "sm3partw1");
                three(word, to, "4s");
                changesFirst(to);
            }
            case 0b110010 -> {
                begin(to, "sm4ekey");
                three(word, to, "4s");
            }
            default -> {
                // Not allocated.
            }
        }
    }

    /** aese and so on, in the place of two-register operations. */
    static void aes(int word, Instruction to) {
        int opcode = bits(word, 12, 5) - 4;
        if (opcode < 0 || opcode > 3) {
            return;
        }
        begin(to, AES[opcode]);
        vector(to, rd(word), "16b");
        vector(to, rn(word), "16b");
        if (opcode < 2) {
            changesFirst(to);
        } else {
            writesFirst(to);
        }
    }

    /** SHA1 and SHA256 with three registers. */
    static void hash(int word, Instruction to) {
        int opcode = bits(word, 12, 3);
        if (opcode > 6) {
            return;
        }
        begin(to, HASH[opcode]);
        boolean update = opcode == 3 || opcode == 6;
        if (update) {
            vector(to, rd(word), "4s");
            vector(to, rn(word), "4s");
        } else {
            floating(to, 4, rd(word));
            floating(to, opcode < 3 ? 2 : 4, rn(word));
        }
        vector(to, rm(word), "4s");
        changesFirst(to);
    }

    /** SHA1 and SHA256 with two registers. */
    static void hashStep(int word, Instruction to) {
        int opcode = bits(word, 12, 5);
        if (opcode == 0) {
            begin(to, "sha1h");
            floating(to, 2, rd(word));
            floating(to, 2, rn(word));
            writesFirst(to);
        } else if (opcode < 3) {
            begin(to, opcode == 1 ? "sha1su1" : "sha256su0");
            vector(to, rd(word), "4s");
            vector(to, rn(word), "4s");
            changesFirst(to);
        }
    }
}
