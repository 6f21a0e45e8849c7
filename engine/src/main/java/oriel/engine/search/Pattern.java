package oriel.engine.search;

/** Something that can be looked for in memory. */
public sealed interface Pattern permits MaskedBytes, PointerPattern, RegexPattern {
    /** The longest match in bytes; at least 1. */
    int maxLength();

    /** The pattern as a user reads it. */
    @Override
    String toString();
}
