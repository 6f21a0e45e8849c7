package oriel.testkit.kd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The debug registers of a kernel's processors, all with the same content. */
final class ScriptedWatches {
    private final boolean is64;
    private final long[] addresses = new long[4];
    private long control;
    private long status;

    ScriptedWatches(boolean is64) {
        this.is64 = is64;
    }

    /** Takes special registers as a debugger writes them: after four control registers. */
    void write(byte[] special) {
        int width = is64 ? 8 : 4;
        ByteBuffer in = ByteBuffer.wrap(special).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 4 && (5 + i) * width <= special.length; i++) {
            int at = (4 + i) * width;
            addresses[i] = is64 ? in.getLong(at) : in.getInt(at);
        }
    }

    /** Takes DR7 of a request to go on. */
    void control(long dr7) {
        control = dr7;
        status = 0;
    }

    /** DR6: which register stopped it. */
    long status() {
        return status;
    }

    /** Whether an instruction is watched. */
    boolean executed(long va) {
        return stopped(va, 0);
    }

    /** Whether memory is watched that is written. */
    boolean written(long va) {
        return stopped(va, 1) || stopped(va, 3);
    }

    private boolean stopped(long va, int access) {
        for (int i = 0; i < 4; i++) {
            boolean enabled = (control >>> 2 * i & 3) != 0;
            int bits = (int) (control >>> 16 + 4 * i) & 0xf;
            int size = new int[] {1, 2, 8, 4}[bits >>> 2];
            if (enabled
                    && (bits & 3) == access
                    && va - addresses[i] >= 0
                    && va - addresses[i] < size) {
                status = 1L << i;
                return true;
            }
        }
        return false;
    }
}
