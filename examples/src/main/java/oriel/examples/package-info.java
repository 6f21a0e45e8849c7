/** Short programs, one for each thing a user may want to do with the debugger. */
@NullMarked
package oriel.examples;

import org.jspecify.annotations.NullMarked;
