package oriel.app.render;

import oriel.engine.paging.PageEntry;
import oriel.engine.paging.PageWalk;

/** The way from a virtual to a physical address, entry by entry. */
public final class PageWalkText {
    private static final int ENTRY = 7;
    private static final int VALUE = 26;
    private static final int FLAGS = 45;

    private final Page page;

    /** Writes to a page. */
    public PageWalkText(Page page) {
        this.page = page;
    }

    /** Writes a walk. */
    public void write(PageWalk walk) {
        page.styled(Style.DIM, "level").to(ENTRY).styled(Style.DIM, "entry at");
        page.to(VALUE).styled(Style.DIM, "entry").to(FLAGS).styled(Style.DIM, "means").end();
        for (PageEntry entry : walk.entries()) {
            page.text(entry.level()).to(ENTRY).hex(entry.pa(), 1);
            page.to(VALUE).hex(entry.value(), 16).to(FLAGS).line(entry.flags());
        }
        page.hex(walk.va(), 1).text(": ").styled(Style.NAME, walk.state().text());
        if (walk.pa().isPresent()) {
            page.text(", physical address ").hex(walk.pa().getAsLong(), 1);
            page.text(", page of ").text(size(walk.pageSizeBytes()));
        }
        page.end();
    }

    private static String size(long bytes) {
        return bytes < 1 << 20
                ? (bytes >> 10) + " KB"
                : bytes < 1 << 30 ? (bytes >> 20) + " MB" : (bytes >> 30) + " GB";
    }
}
