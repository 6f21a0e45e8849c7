package oriel.app.render;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oriel.win32.DesktopWindow;
import oriel.win32.SystemSnapshot;
import oriel.win32.WindowArea;

/** Windows as a table, or as trees. */
public final class WindowTable {
    private static final int CLASS = 14;
    private static final int MOST_DEPTH = 64;

    private final Page page;
    private final Map<Long, String> programs = new HashMap<>();

    /** Writes windows to a page. */
    public WindowTable(Page page) {
        this.page = page;
        SystemSnapshot.take().processes().forEach(p -> programs.put(p.processId(), p.name()));
    }

    /** Writes a line for each window, and for those in it. */
    public void write(List<DesktopWindow> windows, boolean tree) {
        for (DesktopWindow window : windows) {
            row(window, 0);
            if (tree) {
                inside(window, 1);
            }
        }
    }

    private void inside(DesktopWindow window, int depth) {
        for (DesktopWindow child :
                depth < MOST_DEPTH ? window.children() : List.<DesktopWindow>of()) {
            row(child, depth);
            inside(child, depth + 1);
        }
    }

    private void row(DesktopWindow window, int depth) {
        long processId = window.processId();
        page.to(2 + 2 * depth).text("0x").hex(window.handle(), 1).to(CLASS + 2 * depth);
        page.styled(Style.DIM, window.className()).text("  \"").text(window.text()).text("\"");
        WindowArea area = window.area().orElse(new WindowArea(0, 0, 0, 0));
        page.text("  ").number(area.x()).text(",").number(area.y()).text(" ");
        page.number(area.width()).text("x").number(area.height());
        page.text(window.isVisible() ? "" : " hidden").text(window.isEnabled() ? "" : " disabled");
        if (depth == 0) {
            page.text("  ").styled(Style.NAME, programs.getOrDefault(processId, "?"));
            page.text(" ").number(processId).text("/").number(window.threadId());
        }
        page.end();
    }
}
