package oriel.engine.symbols.store;

/**
 * One place where symbols were looked for, and what came of it.
 *
 * @param subject what was looked for: a key or file name
 * @param place where: a file, directory or address without credentials
 * @param outcome what came of it
 * @param detail more in words; may be empty
 */
public record SymbolAttempt(String subject, String place, Outcome outcome, String detail) {
    /** What came of it. */
    public enum Outcome {
        /** Symbols are there and used. */
        FOUND,
        /** Nothing there. */
        ABSENT,
        /** A file is there but belongs to another build. */
        MISMATCH,
        /** A file is there but cannot be read. */
        DAMAGED,
        /** The place could not be asked. */
        FAILED,
        /** The place was not asked: off-line, or asked in vain a short time ago. */
        SKIPPED
    }
}
