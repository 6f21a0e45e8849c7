/**
 * The target's side of the kernel debugger protocol, played by a script: written from the reference
 * and not from the client, whose code it does not know. On streams and on KDNET, with faults.
 */
@NullMarked
package oriel.testkit.kd;

import org.jspecify.annotations.NullMarked;
