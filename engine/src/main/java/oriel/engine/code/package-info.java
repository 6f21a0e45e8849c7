/**
 * Answers questions about code in memory on top of the decoders: what comes before an address,
 * where a function begins and ends, which blocks and calls it has.
 */
@NullMarked
package oriel.engine.code;

import org.jspecify.annotations.NullMarked;
