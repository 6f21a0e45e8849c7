package oriel.engine.disasm;

import static oriel.engine.disasm.Arm64Operands.bit;
import static oriel.engine.disasm.Arm64Operands.bits;
import static oriel.engine.disasm.Arm64Operands.general;
import static oriel.engine.disasm.Arm64Operands.immediate;
import static oriel.engine.disasm.Arm64Operands.memory;
import static oriel.engine.disasm.Arm64Operands.named;
import static oriel.engine.disasm.Arm64Operands.rm;
import static oriel.engine.disasm.Arm64Operands.rn;

/** Operands of prfm and rprfm. */
final class Arm64Prefetch {
    /** By type, target and policy; the rest are numbers. */
    private static final String[] HINTS = {
        "pldl1keep",
        "pldl1strm",
        "pldl2keep",
        "pldl2strm",
        "pldl3keep",
        "pldl3strm",
        "pldslckeep",
        "pldslcstrm",
        "plil1keep",
        "plil1strm",
        "plil2keep",
        "plil2strm",
        "plil3keep",
        "plil3strm",
        "plislckeep",
        "plislcstrm",
        "pstl1keep",
        "pstl1strm",
        "pstl2keep",
        "pstl2strm",
        "pstl3keep",
        "pstl3strm",
        "pstslckeep",
        "pstslcstrm"
    };

    private Arm64Prefetch() {}

    static void operand(Instruction to, int hint) {
        if (hint < HINTS.length) {
            named(to, HINTS[hint]);
        } else {
            immediate(to, hint);
        }
    }

    /** rprfm, which takes the place of prfm with a register offset and a hint of 24 and up. */
    static void range(int word, Instruction to) {
        int hint =
                bits(word, 15, 1) << 5
                        | bits(word, 13, 1) << 4
                        | bits(word, 12, 1) << 3
                        | bits(word, 0, 3);
        Arm64Operands.begin(to, "rprfm");
        switch (hint) {
            case 0 -> named(to, "pldkeep");
            case 1 -> named(to, "pstkeep");
            case 4 -> named(to, "pldstrm");
            case 5 -> named(to, "pststrm");
            default -> immediate(to, hint);
        }
        general(to, true, rm(word));
        memory(to, rn(word), 0, Operand.Access.NONE);
        if (!bit(word, 14)) {
            to.valid = false;
        }
    }
}
