package oriel.engine.search;

/**
 * A run of printable characters in memory.
 *
 * @param va where it begins
 * @param text its characters, cut at {@link StringSearch#MAX_LENGTH}
 * @param wide whether it is UTF-16, not one byte a character
 */
public record FoundString(long va, String text, boolean wide) {}
