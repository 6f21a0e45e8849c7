package oriel.engine.dump;

/**
 * A part of a dump's file.
 *
 * @param number kind of part, unsigned 32 bits; for legacy user dumps the position of its offset in
 *     the header
 * @param title kind in words
 * @param fileOffset where it begins
 * @param sizeBytes its length; 0 when the file does not tell
 */
public record DumpStream(long number, String title, long fileOffset, long sizeBytes) {}
