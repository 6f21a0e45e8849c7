/** Registers and memory to stack traces. Knows no symbols: the walker's frames are named later. */
@NullMarked
package oriel.engine.unwind;

import org.jspecify.annotations.NullMarked;
