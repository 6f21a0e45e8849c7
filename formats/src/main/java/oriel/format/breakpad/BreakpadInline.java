package oriel.format.breakpad;

/**
 * An INLINE record that covers an address.
 *
 * @param depth 0 for the one inlined into the function itself
 * @param name of the inlined function, from its INLINE_ORIGIN
 * @param callLine line of the call in the surrounding function
 * @param callFile file of the call; empty when the file does not tell
 */
public record BreakpadInline(int depth, String name, int callLine, String callFile) {}
