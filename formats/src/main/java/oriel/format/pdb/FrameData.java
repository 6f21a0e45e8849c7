package oriel.format.pdb;

/**
 * How to unwind a piece of x86 code, from either kind of record.
 *
 * @param rva where the piece begins, in addresses as symbols see them
 * @param sizeBytes of the piece, unsigned 32 bits
 * @param prologBytes of the piece that belong to the prologue
 * @param localBytes stack space of local variables
 * @param parameterBytes stack space of parameters
 * @param savedRegisterBytes stack space of saved registers
 * @param stackBytes the most stack space that the piece uses; 0 when not told
 * @param programOffset offset of the postfix program in the string table; -1 for FPO_DATA
 * @param usesEbp FPO_DATA: whether ebp is saved and used for other purposes
 * @param functionStart whether the piece begins a function
 * @param kind FPO_DATA: 0 without frame pointer, 1 trap, 2 task state, 3 with frame pointer; for
 *     FRAMEDATA 4, as in the debug interface
 */
public record FrameData(
        long rva,
        long sizeBytes,
        long prologBytes,
        long localBytes,
        long parameterBytes,
        long savedRegisterBytes,
        long stackBytes,
        long programOffset,
        boolean usesEbp,
        boolean functionStart,
        int kind) {}
