package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The wait chain traversal of advapi32. Apart from the others, because loading this class fails
 * where it is missing.
 */
public final class WaitChains {
    static {
        Native.register(WaitChains.class, "advapi32");
    }

    private WaitChains() {}

    public static native long OpenThreadWaitChainSession(int flags, long callback);

    public static native void CloseThreadWaitChainSession(long session);

    public static native boolean GetThreadWaitChain(
            long session,
            long context,
            int flags,
            int threadId,
            int[] count,
            Pointer nodes,
            int[] cycle);
}
