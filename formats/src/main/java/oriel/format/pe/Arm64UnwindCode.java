package oriel.format.pe;

/**
 * One unwind code of ARM64, and the instruction of the prologue or epilogue that it stands for.
 *
 * @param kind what the instruction did
 * @param first number of the first register saved
 * @param second number of the second register saved, -1 when there is one only; 30 is lr
 * @param valueBytes bytes allocated, or distance of the saved registers from the stack pointer; for
 *     saves that move the stack pointer the distance it moved
 * @param movesStack whether the save moved the stack pointer first (pre-indexed)
 */
public record Arm64UnwindCode(
        Kind kind, int first, int second, long valueBytes, boolean movesStack) {
    /** What an instruction did. */
    public enum Kind {
        ALLOC,
        SAVE_X,
        SAVE_D,
        SAVE_Q,
        SET_FP,
        ADD_FP,
        NOP,
        /** The end of the codes; in an epilogue the return instruction. */
        END,
        /** The end of this fragment's own codes; those of the function it belongs to follow. */
        END_C,
        /** The return address was signed. */
        PAC_SIGN_LR,
        /** The stack holds the interrupted stack pointer and program counter. */
        MACHINE_FRAME,
        /** The stack holds a KTRAP_FRAME. */
        TRAP_FRAME,
        /** The stack holds a CONTEXT. */
        CONTEXT,
        /** The stack holds a CONTEXT of emulated x64 code. */
        EC_CONTEXT,
        CLEAR_UNWOUND_TO_CALL,
        /** Codes that cannot be undone: SVE registers, reserved ones. */
        UNKNOWN
    }

    static Arm64UnwindCode plain(Kind kind) {
        return new Arm64UnwindCode(kind, -1, -1, 0, false);
    }

    static Arm64UnwindCode value(Kind kind, long valueBytes) {
        return new Arm64UnwindCode(kind, -1, -1, valueBytes, false);
    }

    static Arm64UnwindCode pair(
            Kind kind, int first, int second, long valueBytes, boolean movesStack) {
        return new Arm64UnwindCode(kind, first, second, valueBytes, movesStack);
    }

    static Arm64UnwindCode single(Kind kind, int register, long valueBytes, boolean movesStack) {
        return new Arm64UnwindCode(kind, register, -1, valueBytes, movesStack);
    }

    /** The pair that a save_next before this code saves: the registers and bytes right above. */
    Arm64UnwindCode next() {
        boolean isPair = second == first + 1 && (kind == Kind.SAVE_X || kind == Kind.SAVE_D);
        return isPair
                ? pair(kind, first + 2, second + 2, (movesStack ? 0 : valueBytes) + 16, false)
                : plain(Kind.UNKNOWN);
    }
}
