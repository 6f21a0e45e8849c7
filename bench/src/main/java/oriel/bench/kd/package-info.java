/** Measures the kernel debugger protocol. */
@NullMarked
package oriel.bench.kd;

import org.jspecify.annotations.NullMarked;
