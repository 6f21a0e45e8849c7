/**
 * Packets of the kernel debugger protocol and the conversation that carries them: leaders, ids,
 * checksums, acknowledgements, resends, resets. No I/O and no clock: bytes and times come in, bytes
 * and packets go out.
 */
@NullMarked
package oriel.kd.packet;

import org.jspecify.annotations.NullMarked;
