package oriel.app.render;

import oriel.engine.search.FoundString;
import oriel.engine.search.Match;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Target;

/** What a search finds, one line each. */
public final class MatchTable {
    private static final int PEEK = 32;

    private final Page page;
    private final Target target;
    private final Symbolizer symbolizer;
    private final Addresses addresses;
    private long count;

    /** Writes matches in a target to a page. */
    public MatchTable(Page page, Target target, Symbolizer symbolizer) {
        this.page = page;
        this.target = target;
        this.symbolizer = symbolizer;
        this.addresses = new Addresses(target.architecture());
    }

    /** Lines so far. */
    public long count() {
        return count;
    }

    /**
     * A match: its address, what surrounds it, what matched. Returns whether anybody still reads.
     */
    public boolean row(Match match) {
        page.text(addresses.text(match.va())).text("  ");
        byte[] bytes = target.memory().readUpTo(match.va(), PEEK);
        for (int i = 0; i < Math.min(bytes.length, PEEK / 2); i++) {
            page.text(Page.hexText(bytes[i] & 0xff, 2)).text(" ");
        }
        page.to(addresses.digits() + 2 + PEEK / 2 * 3 + 1);
        for (byte b : bytes) {
            page.text(b >= 0x20 && b < 0x7f ? Character.toString((char) b) : ".");
        }
        page.to(addresses.digits() + 2 + PEEK / 2 * 3 + PEEK + 2);
        return end(match.va(), match.pattern().toString());
    }

    /** A string. Returns whether anybody still reads. */
    public boolean row(FoundString string) {
        page.text(addresses.text(string.va())).text(string.wide() ? "  W  " : "  A  ");
        page.text(string.text());
        return end(string.va(), "");
    }

    private boolean end(long va, String pattern) {
        page.styled(Style.DIM, pattern);
        if (target.moduleAt(va).isPresent()) {
            page.text("  ").styled(Style.NAME, symbolizer.locate(va).label());
        }
        page.end();
        count++;
        return (count & 0xff) != 0 || !page.isAbandoned();
    }
}
