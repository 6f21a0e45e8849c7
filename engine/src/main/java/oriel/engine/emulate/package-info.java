/**
 * Executes simple x86 instructions on saved registers, so that a debugger passes a breakpoint
 * without running the program.
 */
@NullMarked
package oriel.engine.emulate;

import org.jspecify.annotations.NullMarked;
