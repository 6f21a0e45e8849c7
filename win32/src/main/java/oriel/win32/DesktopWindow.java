package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.driver.DriverException;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Structures;
import oriel.win32.raw.User32;

/**
 * A window, by its handle. It belongs to some program and may be gone any time; what is asked of a
 * window that is gone fails or is empty. Nothing here waits for a program that hangs longer than
 * said.
 *
 * @param handle HWND
 */
public record DesktopWindow(long handle) {
    private static final int ROOM = 1 << 12;
    private static final int STYLE = -16;
    private static final int EXTENDED_STYLE = -20;
    private static final int TEXT_MESSAGE = 0x0d;
    private static final int SET_TEXT = 0x0c;
    private static final int CLOSE = 0x10;
    private static final int ABORT_IF_HUNG = 2;

    /** Many windows are asked one after the other, and the system knows the titles of most. */
    private static final int PATIENCE_MS = 300;

    private static final int PATIENCE_TO_CHANGE_MS = 10_000;
    private static final int PARENT = 1;
    private static final int ROOT = 2;
    private static final int SKIP_TRANSPARENT = 4;
    private static final int STYLE_CHILD = 0x40000000;

    /** How {@link #show} shows it: the numbers of ShowWindow. */
    public enum Showing {
        /** Not at all. */
        HIDDEN(0),
        /** In its last size and place. */
        SHOWN(5),
        /** As large as the screen. */
        MAXIMIZED(3),
        /** As an icon. */
        MINIMIZED(6),
        /** Neither large nor an icon. */
        RESTORED(9);

        private final int code;

        Showing(int code) {
            this.code = code;
        }
    }

    // --- what it is ---------------------------------------------------------------------------

    /** Whether there is such a window still. */
    public boolean isValid() {
        return User32.IsWindow(handle);
    }

    /** The process it belongs to; 0 when it is gone. */
    public long processId() {
        var id = new int[1];
        User32.GetWindowThreadProcessId(handle, id);
        return id[0] & 0xffffffffL;
    }

    /** The thread it belongs to; 0 when it is gone. */
    public long threadId() {
        return User32.GetWindowThreadProcessId(handle, new int[1]) & 0xffffffffL;
    }

    /** Name of its class; empty when it is gone. */
    public String className() {
        var name = new char[256];
        return new String(name, 0, Math.max(0, User32.GetClassNameW(handle, name, name.length)));
    }

    /** Its title, or the text it shows, as it says itself; what the system keeps when it hangs. */
    public String text() {
        try (var room = new Memory(ROOM * 2L)) {
            room.clear();
            var length = new long[1];
            long answered =
                    User32.SendMessageTimeoutW(
                            handle, TEXT_MESSAGE, ROOM, room, ABORT_IF_HUNG, PATIENCE_MS, length);
            if (answered != 0) {
                return room.getWideString(0);
            }
        }
        var text = new char[ROOM];
        int length = User32.InternalGetWindowText(handle, text, text.length);
        return new String(text, 0, Math.max(0, length));
    }

    /** Changes its title or text. */
    public void text(String wanted) {
        try (var room = new Memory((wanted.length() + 1) * 2L)) {
            room.setWideString(0, wanted);
            var result = new long[1];
            if (User32.SendMessageTimeoutW(
                            handle, SET_TEXT, 0, room, ABORT_IF_HUNG, PATIENCE_TO_CHANGE_MS, result)
                    == 0) {
                throw Failures.last("SendMessageTimeout WM_SETTEXT");
            }
        }
    }

    /** Its WS_ bits. */
    public long style() {
        return User32.GetWindowLongPtrW(handle, STYLE) & 0xffffffffL;
    }

    /** Its WS_EX_ bits. */
    public long extendedStyle() {
        return User32.GetWindowLongPtrW(handle, EXTENDED_STYLE) & 0xffffffffL;
    }

    /** Whether it, and all around it, is shown. */
    public boolean isVisible() {
        return User32.IsWindowVisible(handle);
    }

    /** Whether it takes mouse and keys. */
    public boolean isEnabled() {
        return User32.IsWindowEnabled(handle);
    }

    /** Whether it is as large as the screen. */
    public boolean isMaximized() {
        return User32.IsZoomed(handle);
    }

    /** Whether it is an icon. */
    public boolean isMinimized() {
        return User32.IsIconic(handle);
    }

    /** Whether it lies in another window. */
    public boolean isChild() {
        return (style() & STYLE_CHILD) != 0;
    }

    /** Where it is on the screen; empty when it is gone. */
    public Optional<WindowArea> area() {
        var edges = new int[4];
        return User32.GetWindowRect(handle, edges)
                ? Optional.of(WindowArea.ofEdges(edges))
                : Optional.empty();
    }

    /** Where it is when it is neither as large as the screen nor an icon; empty when it is gone. */
    public Optional<WindowArea> restoredArea() {
        try (Memory placement = placement()) {
            if (!User32.GetWindowPlacement(handle, placement)) {
                return Optional.empty();
            }
            return Optional.of(
                    WindowArea.ofEdges(placement.getIntArray(Structures.PLACEMENT_NORMAL, 4)));
        }
    }

    /**
     * Changes where it is when it is neither as large as the screen nor an icon; what it is now
     * stays.
     */
    public void restoredArea(WindowArea area) {
        try (Memory placement = placement()) {
            Failures.check("GetWindowPlacement", User32.GetWindowPlacement(handle, placement));
            int[] edges = {area.x(), area.y(), area.x() + area.width(), area.y() + area.height()};
            placement.write(Structures.PLACEMENT_NORMAL, edges, 0, edges.length);
            Failures.check("SetWindowPlacement", User32.SetWindowPlacement(handle, placement));
        }
    }

    private static Memory placement() {
        var placement = new Memory(Structures.PLACEMENT_SIZE);
        placement.clear();
        placement.setInt(0, Structures.PLACEMENT_SIZE);
        return placement;
    }

    /** What it draws in, from its own corner; empty when it is gone. */
    public Optional<WindowArea> clientArea() {
        var edges = new int[4];
        return User32.GetClientRect(handle, edges)
                ? Optional.of(WindowArea.ofEdges(edges))
                : Optional.empty();
    }

    /** A point of its inside as {@code {x, y}} of the screen. */
    public int[] toScreen(int x, int y) {
        var point = new int[] {x, y};
        Failures.check("ClientToScreen", User32.ClientToScreen(handle, point));
        return point;
    }

    /** A point of the screen as {@code {x, y}} of its inside. */
    public int[] toClient(int x, int y) {
        var point = new int[] {x, y};
        Failures.check("ScreenToClient", User32.ScreenToClient(handle, point));
        return point;
    }

    // --- family -------------------------------------------------------------------------------

    /** The window it lies in; empty for top-level windows. */
    public Optional<DesktopWindow> parent() {
        long parent = User32.GetAncestor(handle, PARENT);
        return parent == 0 || parent == User32.GetDesktopWindow()
                ? Optional.empty()
                : Optional.of(new DesktopWindow(parent));
    }

    /** The top-level window that it lies in, itself when it is one; empty when it is gone. */
    public Optional<DesktopWindow> root() {
        return of(User32.GetAncestor(handle, ROOT));
    }

    /** The windows that lie directly in it. */
    public List<DesktopWindow> children() {
        return descendants().stream()
                .filter(w -> User32.GetAncestor(w.handle(), PARENT) == handle)
                .toList();
    }

    /** All windows in it, at any depth. */
    public List<DesktopWindow> descendants() {
        var found = new ArrayList<DesktopWindow>();
        User32.EnumChildWindows(handle, (w, p) -> found.add(new DesktopWindow(w)), 0);
        return found;
    }

    /** The window in it at a point of its inside. */
    public Optional<DesktopWindow> childAt(int x, int y, boolean transparentToo) {
        int flags = transparentToo ? 0 : SKIP_TRANSPARENT;
        return of(User32.ChildWindowFromPointEx(handle, point(x, y), flags));
    }

    static Optional<DesktopWindow> of(long handle) {
        return handle == 0 ? Optional.empty() : Optional.of(new DesktopWindow(handle));
    }

    static long point(int x, int y) {
        return x & 0xffffffffL | (long) y << 32;
    }

    // --- changing -----------------------------------------------------------------------------

    /** Lets it take mouse and keys, or not. */
    public void enable(boolean enabled) {
        User32.EnableWindow(handle, enabled);
    }

    /** Shows or hides it; does not wait for its program. */
    public void show(Showing how) {
        Failures.check("ShowWindowAsync", User32.ShowWindowAsync(handle, how.code));
    }

    /** Moves it and changes its size. */
    public void move(WindowArea to) {
        Failures.check(
                "MoveWindow",
                User32.MoveWindow(handle, to.x(), to.y(), to.width(), to.height(), true));
    }

    /**
     * Sends a message and waits for the answer.
     *
     * @return what the window answered; empty when it did not in time
     * @throws DriverException when the window is gone or may not be sent to
     */
    public OptionalLong send(int message, long wide, long data, Duration timeout) {
        var result = new long[1];
        long answered =
                User32.SendMessageTimeoutW(
                        handle,
                        message,
                        wide,
                        data == 0 ? null : new com.sun.jna.Pointer(data),
                        ABORT_IF_HUNG,
                        (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE),
                        result);
        if (answered != 0) {
            return OptionalLong.of(result[0]);
        }
        int code = Native.getLastError();
        if (code == 0 || code == 1460) {
            return OptionalLong.empty();
        }
        throw Failures.of("SendMessageTimeout", code);
    }

    /** Puts a message into the queue of its thread. */
    public void post(int message, long wide, long data) {
        Failures.check("PostMessage", User32.PostMessageW(handle, message, wide, data));
    }

    /** Asks it to close, as its close button does. */
    public void close() {
        post(CLOSE, 0, 0);
    }
}
