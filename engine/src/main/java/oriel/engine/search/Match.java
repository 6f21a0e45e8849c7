package oriel.engine.search;

/**
 * A place where a pattern matches.
 *
 * @param va first address
 * @param length in bytes
 * @param pattern what matched
 */
public record Match(long va, int length, Pattern pattern) {}
