package oriel.win32;

import com.sun.jna.WString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.win32.raw.User32;

/** The windows of the desktop. */
public final class TopLevelWindows {
    private TopLevelWindows() {}

    /** All of them, from front to back, hidden ones too. */
    public static List<DesktopWindow> list() {
        var found = new ArrayList<DesktopWindow>();
        User32.EnumWindows((w, p) -> found.add(new DesktopWindow(w)), 0);
        return found;
    }

    /** Those of a process. */
    public static List<DesktopWindow> of(long processId) {
        return list().stream().filter(w -> w.processId() == processId).toList();
    }

    /**
     * The first of a class and title.
     *
     * @param className empty for any
     * @param title whole title in any case; empty for any
     */
    public static Optional<DesktopWindow> find(String className, String title) {
        return DesktopWindow.of(
                User32.FindWindowW(
                        className.isEmpty() ? null : new WString(className),
                        title.isEmpty() ? null : new WString(title)));
    }

    /** The one at a point of the screen. */
    public static Optional<DesktopWindow> at(int x, int y) {
        return DesktopWindow.of(User32.WindowFromPoint(DesktopWindow.point(x, y)));
    }

    /** The one that takes the keys. */
    public static Optional<DesktopWindow> foreground() {
        return DesktopWindow.of(User32.GetForegroundWindow());
    }

    /** The one behind all others. */
    public static Optional<DesktopWindow> desktop() {
        return DesktopWindow.of(User32.GetDesktopWindow());
    }

    /** That of the shell: its process is the Explorer. */
    public static Optional<DesktopWindow> shell() {
        return DesktopWindow.of(User32.GetShellWindow());
    }
}
