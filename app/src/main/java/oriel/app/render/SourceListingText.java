package oriel.app.render;

import java.util.List;
import oriel.triage.report.SourceListing;

/** Source text around a line. */
public final class SourceListingText {
    private final Page page;

    /**
     * @param page where it goes
     */
    public SourceListingText(Page page) {
        this.page = page;
    }

    /** Each listing under the place where its text was had. */
    public void write(List<SourceListing> listings) {
        for (SourceListing listing : listings) {
            page.heading("Source");
            page.styled(Style.DIM, listing.place()).end();
            int digits = Integer.toString(listing.firstLine() + listing.lines().size()).length();
            for (int i = 0; i < listing.lines().size(); i++) {
                int number = listing.firstLine() + i;
                boolean current = number == listing.line();
                Style style = current ? Style.TITLE : Style.PLAIN;
                page.styled(style, current ? "=>" : "")
                        .rightTo(3 + digits, Integer.toString(number));
                page.to(5 + digits).styled(style, listing.lines().get(i)).end();
            }
        }
    }
}
