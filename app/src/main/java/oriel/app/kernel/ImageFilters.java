package oriel.app.kernel;

import java.util.List;
import java.util.Locale;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.HelpEntry;
import oriel.app.render.Page;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.Wildcards;

/**
 * Images at which a kernel is held when they come or go: sxe, sxd, sxn, sxi and sx. Other events
 * stop a kernel in any case: it tells only what nobody in it has handled.
 */
final class ImageFilters implements CommandGroup {
    private final Page page;
    private final Filter load = new Filter("ld", "Load module");
    private final Filter unload = new Filter("ud", "Unload module");

    /** What is done about one kind of event. */
    private static final class Filter {
        private final String name;
        private final String title;
        private boolean stops;
        private String pattern = "";

        Filter(String name, String title) {
            this.name = name;
            this.title = title;
        }
    }

    ImageFilters(Page page) {
        this.page = page;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "sxe, sxd, sxn, sxi ld|ud[:PATTERN], sx, sxr",
                        "stop when images come or go; do not; list"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "sx" -> list();
            case "sxr" -> {
                set(load, false, "");
                set(unload, false, "");
            }
            case "sxe" -> set(command.rest(), true);
            case "sxd", "sxn", "sxi" -> set(command.rest(), false);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void list() {
        for (Filter each : List.of(load, unload)) {
            page.rightTo(5, each.name).text(" - ").text(each.title).text(" - ");
            page.text(each.stops ? "break" : "output");
            page.text(each.pattern.isEmpty() ? "" : "  only " + each.pattern).end();
        }
        page.line("exceptions that a kernel tells always stop it: g handles them, gn does not");
    }

    private void set(String wanted, boolean stops) {
        int colon = wanted.indexOf(':');
        String name = (colon < 0 ? wanted : wanted.substring(0, colon)).strip();
        Filter filter =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "ld" -> load;
                    case "ud" -> unload;
                    default ->
                            throw new ConsoleException(
                                    "of a kernel ld and ud can be chosen; exceptions that it tells"
                                            + " always stop it");
                };
        set(filter, stops, colon < 0 ? "" : wanted.substring(colon + 1).strip());
    }

    private static void set(Filter filter, boolean stops, String pattern) {
        filter.stops = stops;
        filter.pattern = pattern;
    }

    /** Whether an image holds the target. */
    boolean stops(SymbolsEvent image) {
        Filter filter = image.unload() ? unload : load;
        String path = image.path();
        String name = path.substring(path.lastIndexOf('\\') + 1);
        int dot = name.lastIndexOf('.');
        return filter.stops
                && (filter.pattern.isEmpty()
                        || Wildcards.match(filter.pattern, name)
                        || dot > 0 && Wildcards.match(filter.pattern, name.substring(0, dot)));
    }
}
