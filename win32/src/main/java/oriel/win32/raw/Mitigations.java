package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The mitigation policies of kernel32. Apart from the others, because loading this class fails
 * where they are missing.
 */
public final class Mitigations {
    static {
        Native.register(Mitigations.class, "kernel32");
    }

    private Mitigations() {}

    public static native boolean GetProcessMitigationPolicy(
            long process, int policy, Pointer into, long size);
}
