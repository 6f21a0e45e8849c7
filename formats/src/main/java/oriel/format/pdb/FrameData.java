package oriel.format.pdb;

/**
 * How to unwind a piece of x86 code, from either kind of record.
 *
 * @param rva where the piece begins, in addresses as symbols see them
 * @param sizeBytes of the piece, unsigned 32 bits
 * @param localBytes stack space of local variables
 * @param parameterBytes stack space of parameters
 * @param savedRegisterBytes stack space of saved registers
 * @param programOffset offset of the postfix program in the string table; -1 for FPO_DATA
 * @param usesEbp FPO_DATA: whether ebp is saved and used for other purposes
 * @param functionStart whether the piece begins a function
 */
public record FrameData(
        long rva,
        long sizeBytes,
        long localBytes,
        long parameterBytes,
        long savedRegisterBytes,
        long programOffset,
        boolean usesEbp,
        boolean functionStart) {}
