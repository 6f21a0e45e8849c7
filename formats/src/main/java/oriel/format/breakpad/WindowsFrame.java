package oriel.format.breakpad;

import java.util.Optional;

/**
 * A STACK WIN record: the FPO_DATA or FRAMEDATA of a piece of x86 code.
 *
 * @param frameData whether it is of type 4 (FRAMEDATA); otherwise of type 0 (FPO)
 * @param rva address relative to the image base
 * @param sizeBytes length of the code
 * @param prologueBytes length of the prologue
 * @param parameterBytes stack space of the parameters, which the function itself removes unless it
 *     is cdecl
 * @param savedRegisterBytes stack space of saved registers
 * @param localBytes stack space of local variables
 * @param program how to find the caller, in postfix form; empty when the record has none
 * @param usesEbp for records without a program: whether ebp is saved and used for other purposes
 */
public record WindowsFrame(
        boolean frameData,
        long rva,
        long sizeBytes,
        long prologueBytes,
        long parameterBytes,
        long savedRegisterBytes,
        long localBytes,
        String program,
        boolean usesEbp) {
    /** The fields after {@code STACK WIN type}. */
    static Optional<WindowsFrame> read(boolean frameData, TextLines line) {
        long rva = line.hex();
        long size = line.hex();
        long prologue = line.hex();
        long epilogue = line.hex();
        long parameters = line.hex();
        long saved = line.hex();
        long locals = line.hex();
        long maxStack = line.hex();
        long hasProgram = line.hex();
        if ((rva | size | prologue | epilogue | parameters | saved | locals | maxStack | hasProgram)
                < 0) {
            return Optional.empty();
        }
        String rest = line.rest();
        return Optional.of(
                new WindowsFrame(
                        frameData,
                        rva,
                        size,
                        prologue,
                        parameters,
                        saved,
                        locals,
                        hasProgram == 0 ? "" : rest,
                        hasProgram == 0 && !rest.equals("0")));
    }
}
