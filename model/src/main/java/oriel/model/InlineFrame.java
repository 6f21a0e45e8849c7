package oriel.model;

import java.util.Optional;

/**
 * A function that the compiler dissolved into its caller.
 *
 * @param name of the inlined function
 * @param line where the program is within it, when known
 */
public record InlineFrame(String name, Optional<SourceLine> line) {}
