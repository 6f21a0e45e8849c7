package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Functions of wtsapi32, mapped directly. What they allocate goes back by {@link #WTSFreeMemory}.
 */
public final class Wtsapi32 {
    static {
        Native.register(Wtsapi32.class, "wtsapi32");
    }

    private Wtsapi32() {}

    public static native boolean WTSEnumerateProcessesW(
            long server, int reserved, int version, long[] processes, int[] count);

    public static native boolean WTSEnumerateSessionsW(
            long server, int reserved, int version, long[] sessions, int[] count);

    public static native boolean WTSQuerySessionInformationW(
            long server, int session, int kind, long[] text, int[] sizeBytes);

    public static native void WTSFreeMemory(Pointer memory);
}
