package oriel.kd.protocol;

import java.nio.ByteBuffer;
import oriel.model.Architecture;

/**
 * How a target goes on.
 *
 * @param architecture decides the layout
 * @param trace whether to stop after one instruction
 * @param dr7 debug control register, of x86 and x64
 */
public record ControlSet(Architecture architecture, boolean trace, long dr7) {
    /** Writes DBGKD_CONTROL_SET, packed, after the status of a Continue2. */
    void write(ByteBuffer out) {
        out.putInt(trace ? 1 : 0);
        switch (architecture) {
            case X86 -> out.putInt((int) dr7).putInt(0).putInt(0);
            case X64 -> out.putLong(dr7).putLong(0).putLong(0);
            case ARM -> out.putInt(0).putInt(0);
            case ARM64 -> out.putLong(0).putLong(0);
        }
    }
}
