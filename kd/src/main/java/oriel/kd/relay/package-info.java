/**
 * Two lines joined, byte for byte; what goes over them shown as bytes or packets, recorded, and
 * played again in the place of a target.
 */
@NullMarked
package oriel.kd.relay;

import org.jspecify.annotations.NullMarked;
