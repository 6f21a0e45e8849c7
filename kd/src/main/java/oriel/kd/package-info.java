/**
 * Kernels on the other end of a wire: a session with a target, its stops as targets to read, its
 * breakpoints.
 */
@NullMarked
package oriel.kd;

import org.jspecify.annotations.NullMarked;
