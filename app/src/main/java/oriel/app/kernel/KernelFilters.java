package oriel.app.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.FilterMode;
import oriel.app.console.FilterRequest;
import oriel.app.console.HelpEntry;
import oriel.app.console.NamedException;
import oriel.app.render.Page;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.KdStop;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.StateChange.SymbolsEvent;
import oriel.model.Wildcards;
import oriel.triage.reason.CodeNames;

/**
 * What is done about images that come and go and about exceptions that a kernel tells: the commands
 * sx, sxe, sxd, sxn, sxi and sxr. Kernels tell exceptions that nobody in them has handled, and with
 * the global flag "stop on exception" all of them before that.
 */
final class KernelFilters implements CommandGroup {
    private static final int MODE_COLUMN = 44;
    private static final int WAKE_DEBUGGER = 0x80000007;

    /** A filter. */
    private static final class Filter {
        private final String name;
        private final String title;
        private FilterMode mode;
        private boolean handled;
        private String pattern = "";
        private String commands = "";

        Filter(String name, String title, FilterMode mode) {
            this.name = name;
            this.title = title;
            this.mode = mode;
        }
    }

    private final ConsoleContext context;
    private final Page page;
    private final Map<String, Filter> images = new LinkedHashMap<>();
    private final Map<Integer, Filter> exceptions = new LinkedHashMap<>();
    private Filter others = new Filter("*", "Other exceptions", FilterMode.BREAK);

    KernelFilters(ConsoleContext context, Page page) {
        this.context = context;
        this.page = page;
        usual();
    }

    private void usual() {
        images.clear();
        images.put("ld", new Filter("ld", "Load module", FilterMode.NOTIFY));
        images.put("ud", new Filter("ud", "Unload module", FilterMode.NOTIFY));
        exceptions.clear();
        for (NamedException each : NamedException.all()) {
            exceptions.put(each.code(), new Filter(each.name(), each.title(), FilterMode.BREAK));
        }
        exceptions.put(WAKE_DEBUGGER, new Filter("wkd", "Wake debugger", FilterMode.BREAK));
        exceptions.forEach((code, each) -> each.handled = isOwn(code));
        others = new Filter("*", "Other exceptions", FilterMode.BREAK);
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "sxe, sxd, sxn, sxi [-h] [-c \"COMMANDS\"] ld|ud[:PATTERN]|NAME|CODE|*",
                        "stop at first chance; at second; print; ignore. -h: g counts it as handled"),
                new HelpEntry("sx, sxr", "list what is done about events; as in the beginning"));
    }

    @Override
    public boolean run(CommandLine command) {
        Optional<FilterRequest> request = FilterRequest.of(context, command);
        if (request.isPresent()) {
            set(request.get());
            return true;
        }
        switch (command.name()) {
            case "sx" -> list();
            case "sxr" -> usual();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void list() {
        images.values().forEach(f -> row(f, false));
        exceptions.values().forEach(f -> row(f, true));
        row(others, true);
    }

    private void row(Filter each, boolean exception) {
        page.rightTo(9, each.name).text(" - ").text(each.title).to(MODE_COLUMN).text(" - ");
        page.text(each.mode.text());
        page.text(!exception ? "" : each.handled ? " - handled" : " - not handled");
        page.text(each.pattern.isEmpty() ? "" : "  only " + each.pattern);
        page.text(each.commands.isEmpty() ? "" : "  \"" + each.commands + "\"").end();
    }

    private void set(FilterRequest wanted) {
        Filter image = images.get(wanted.name().toLowerCase(Locale.ROOT));
        if (image != null) {
            image.mode = wanted.mode();
            image.pattern = wanted.pattern();
            wanted.commands().ifPresent(c -> image.commands = c);
        } else if (wanted.isForAll()) {
            // Steps and breakpoints are the debugger's own.
            exceptions.forEach(
                    (code, each) -> {
                        if (!isOwn(code)) {
                            change(each, wanted);
                        }
                    });
            change(others, wanted);
        } else {
            change(exception(wanted.name()), wanted);
        }
    }

    private static void change(Filter filter, FilterRequest wanted) {
        wanted.commands().ifPresent(c -> filter.commands = c);
        if (wanted.handling()) {
            filter.handled = wanted.mode() == FilterMode.BREAK;
        } else {
            filter.mode = wanted.mode();
        }
    }

    private static boolean isOwn(int code) {
        return switch (code) {
            case ExceptionEvent.BREAKPOINT,
                    ExceptionEvent.SINGLE_STEP,
                    ExceptionEvent.WOW64_BREAKPOINT,
                    ExceptionEvent.WOW64_SINGLE_STEP,
                    WAKE_DEBUGGER ->
                    true;
            default -> false;
        };
    }

    private Filter exception(String name) {
        for (Filter each : exceptions.values()) {
            if (each.name.equalsIgnoreCase(name)) {
                return each;
            }
        }
        int code = (int) context.expressions().value(name);
        return exceptions.computeIfAbsent(
                code,
                c ->
                        new Filter(
                                Integer.toHexString(c),
                                CodeNames.exception(c).name(),
                                FilterMode.BREAK));
    }

    // What happens when a kernel tells something

    /** Whether an image holds the target. */
    boolean stops(SymbolsEvent image) {
        Filter filter = of(image);
        String path = image.path();
        String name = path.substring(path.lastIndexOf('\\') + 1);
        int dot = name.lastIndexOf('.');
        return filter.mode == FilterMode.BREAK
                && (filter.pattern.isEmpty()
                        || Wildcards.match(filter.pattern, name)
                        || dot > 0 && Wildcards.match(filter.pattern, name.substring(0, dot)));
    }

    private Filter of(SymbolsEvent image) {
        Filter filter = images.get(image.unload() ? "ud" : "ld");
        return filter == null ? others : filter;
    }

    private Filter of(ExceptionEvent exception) {
        return exceptions.getOrDefault(exception.code(), others);
    }

    /** What is done about an exception. */
    FilterMode mode(ExceptionEvent exception) {
        FilterMode mode = of(exception).mode;
        boolean second = mode == FilterMode.SECOND_CHANCE;
        return second ? exception.firstChance() ? FilterMode.NOTIFY : FilterMode.BREAK : mode;
    }

    /** How a stop is left when the user does not say it. */
    Exceptions handling(KdStop stop) {
        return stop.change().event() instanceof ExceptionEvent exception && !of(exception).handled
                ? Exceptions.NOT_HANDLED
                : Exceptions.HANDLED;
    }

    /** What is to be done when the target has stopped at something; may be empty. */
    String commands(KdStop stop) {
        return switch (stop.change().event()) {
            case ExceptionEvent exception -> of(exception).commands;
            case SymbolsEvent image -> stops(image) ? of(image).commands : "";
            default -> "";
        };
    }
}
