/** Slices of the comparison that are small enough for every build. */
@NullMarked
package oriel.bench.oracle;

import org.jspecify.annotations.NullMarked;
