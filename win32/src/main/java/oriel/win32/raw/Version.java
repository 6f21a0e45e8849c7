package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;

/** Functions of version, mapped directly. */
public final class Version {
    static {
        Native.register(Version.class, "version");
    }

    private Version() {}

    public static native int GetFileVersionInfoSizeW(WString file, int[] zero);

    public static native boolean GetFileVersionInfoW(
            WString file, int zero, int size, Pointer into);

    public static native boolean VerQueryValueW(
            Pointer block, WString path, long[] value, int[] size);
}
