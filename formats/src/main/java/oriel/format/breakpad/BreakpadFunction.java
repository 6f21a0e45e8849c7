package oriel.format.breakpad;

/**
 * A FUNC or PUBLIC record.
 *
 * @param rva address relative to the image base
 * @param sizeBytes length; 0 for PUBLIC, which has none
 * @param parameterBytes stack space of the parameters
 * @param name as the writer of the file demangled it
 * @param multiple whether other functions were folded into the same code (the {@code m} mark)
 * @param isPublic whether it is a PUBLIC record
 */
public record BreakpadFunction(
        long rva,
        long sizeBytes,
        long parameterBytes,
        String name,
        boolean multiple,
        boolean isPublic) {}
