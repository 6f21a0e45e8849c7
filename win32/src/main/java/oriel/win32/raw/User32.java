package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.win32.StdCallLibrary.StdCallCallback;
import org.jspecify.annotations.Nullable;

/** Functions of user32, mapped directly. Windows are handles of 32 significant bits. */
public final class User32 {
    /** Called for each window; false ends the enumeration. */
    public interface WindowVisitor extends StdCallCallback {
        /** Called with one window. */
        boolean visit(long window, long parameter);
    }

    static {
        Native.register(User32.class, "user32");
    }

    private User32() {}

    public static native boolean EnumWindows(WindowVisitor visitor, long parameter);

    public static native boolean EnumChildWindows(
            long parent, WindowVisitor visitor, long parameter);

    public static native int GetWindowThreadProcessId(long window, int[] processId);

    public static native int GetClassNameW(long window, char[] name, int size);

    public static native int InternalGetWindowText(long window, char[] text, int size);

    public static native long SendMessageTimeoutW(
            long window,
            int message,
            long wide,
            @Nullable Pointer data,
            int flags,
            int milliseconds,
            long[] result);

    public static native boolean PostMessageW(long window, int message, long wide, long data);

    public static native long GetWindowLongPtrW(long window, int index);

    public static native boolean IsWindow(long window);

    public static native boolean IsWindowVisible(long window);

    public static native boolean IsWindowEnabled(long window);

    public static native boolean IsZoomed(long window);

    public static native boolean IsIconic(long window);

    public static native boolean EnableWindow(long window, boolean enabled);

    public static native boolean ShowWindow(long window, int how);

    public static native boolean ShowWindowAsync(long window, int how);

    public static native boolean MoveWindow(
            long window, int x, int y, int width, int height, boolean repaint);

    public static native boolean GetWindowPlacement(long window, Pointer placement);

    public static native boolean SetWindowPlacement(long window, Pointer placement);

    public static native boolean GetWindowRect(long window, int[] rectangle);

    public static native boolean GetClientRect(long window, int[] rectangle);

    public static native boolean ClientToScreen(long window, int[] point);

    public static native boolean ScreenToClient(long window, int[] point);

    public static native long GetAncestor(long window, int which);

    public static native long FindWindowW(@Nullable WString className, @Nullable WString title);

    public static native long GetForegroundWindow();

    public static native long GetDesktopWindow();

    public static native long GetShellWindow();

    public static native long WindowFromPoint(long point);

    public static native long ChildWindowFromPointEx(long parent, long point, int flags);
}
