package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Functions of shell32, mapped directly. */
public final class Shell32 {
    static {
        Native.register(Shell32.class, "shell32");
    }

    private Shell32() {}

    public static native boolean ShellExecuteExW(Pointer information);
}
