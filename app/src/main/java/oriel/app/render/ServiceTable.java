package oriel.app.render;

import java.util.List;
import java.util.Locale;
import oriel.win32.ServiceEntry;

/** Services as a table. */
public final class ServiceTable {
    private static final int STATE = 10;
    private static final int NAME = 28;
    private static final int DISPLAY = 50;

    private ServiceTable() {}

    /** Writes a line for each. */
    public static void write(Page page, List<ServiceEntry> services) {
        page.to(2).styled(Style.DIM, "process").to(STATE).styled(Style.DIM, "state").to(NAME);
        page.styled(Style.DIM, "name").to(DISPLAY).styled(Style.DIM, "what people read").end();
        for (ServiceEntry service : services) {
            page.rightTo(9, service.processId() == 0 ? "-" : Long.toString(service.processId()));
            page.to(STATE).text(words(service.state())).to(NAME);
            page.styled(Style.NAME, service.name()).to(DISPLAY).line(service.displayName());
        }
    }

    /** A state for people. */
    public static String words(ServiceEntry.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
