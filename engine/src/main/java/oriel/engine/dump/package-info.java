/** Dumps as targets. */
@NullMarked
package oriel.engine.dump;

import org.jspecify.annotations.NullMarked;
