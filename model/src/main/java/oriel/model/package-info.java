/**
 * The words everyone uses: targets, memory, registers, modules, frames, symbols. No I/O and no
 * operating system in here.
 */
@NullMarked
package oriel.model;

import org.jspecify.annotations.NullMarked;
