package oriel.format.pe;

/**
 * One step of a prologue, as UNWIND_CODE describes it.
 *
 * @param prologOffset offset of the end of the instruction within the prologue; for {@link
 *     Kind#EPILOG} the size of the epilogue or the lower bits of its place
 * @param kind what the instruction did
 * @param register number of the register saved or set, rax 0 to r15 15, or of the xmm register; for
 *     {@link Kind#EPILOG} the raw operation info, for {@link Kind#PUSH_MACHFRAME} 1 when an error
 *     code was pushed
 * @param valueBytes bytes allocated, or distance from the stack pointer at which it was saved
 */
public record X64UnwindCode(int prologOffset, Kind kind, int register, long valueBytes) {
    /** UWOP_* operations; the ordinal is the number in the code. */
    public enum Kind {
        PUSH_NONVOL,
        ALLOC_LARGE,
        ALLOC_SMALL,
        SET_FPREG,
        SAVE_NONVOL,
        SAVE_NONVOL_FAR,
        /** Version 2: where epilogues are. In version 1 the never used UWOP_SAVE_XMM. */
        EPILOG,
        /** Version 2: reserved. In version 1 the never used UWOP_SAVE_XMM_FAR. */
        SPARE,
        SAVE_XMM128,
        SAVE_XMM128_FAR,
        PUSH_MACHFRAME
    }
}
