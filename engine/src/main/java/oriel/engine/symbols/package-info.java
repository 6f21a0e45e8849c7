/** Names for addresses: sources of symbols, and the one that asks them in order. */
@NullMarked
package oriel.engine.symbols;

import org.jspecify.annotations.NullMarked;
