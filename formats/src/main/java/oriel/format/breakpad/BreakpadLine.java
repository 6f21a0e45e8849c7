package oriel.format.breakpad;

/**
 * A line record: machine code and the source line it came from.
 *
 * @param rva address relative to the image base
 * @param sizeBytes length of the code
 * @param line number from 1; 0 when the compiler gave none
 * @param file name as in the FILE record; empty when the record is missing
 */
public record BreakpadLine(long rva, long sizeBytes, int line, String file) {}
