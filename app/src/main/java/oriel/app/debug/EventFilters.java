package oriel.app.debug;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.FilterMode;
import oriel.app.console.FilterRequest;
import oriel.app.console.HelpEntry;
import oriel.app.console.NamedException;
import oriel.app.render.Page;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.ExceptionRules;
import oriel.model.LoadedModule;
import oriel.model.Wildcards;
import oriel.triage.reason.CodeNames;

/**
 * What is done about events and exceptions: the commands sx, sxe, sxd, sxn, sxi and sxr. Asked by
 * the session's thread while it runs, changed by the console's while it stands.
 */
final class EventFilters implements CommandGroup {
    /** The debugger's own: who handles them is not changed with all others. */
    private static final Set<Integer> OWN =
            Set.of(
                    ExceptionRules.BREAKPOINT,
                    ExceptionRules.SINGLE_STEP,
                    ExceptionRules.WX86_BREAKPOINT,
                    ExceptionRules.WX86_SINGLE_STEP);

    /**
     * A filter.
     *
     * @param code of an exception; empty for other events
     */
    private static final class Filter {
        private final String name;
        private final String title;
        private final Optional<Integer> code;
        private final FilterMode usual;
        private FilterMode mode;
        private boolean handled;
        private String pattern = "";
        private String commands = "";

        Filter(String name, String title, Optional<Integer> code, FilterMode usual) {
            this.name = name;
            this.title = title;
            this.code = code;
            this.usual = usual;
            this.mode = usual;
        }
    }

    private final DebugSession session;
    private final ConsoleContext context;
    private final Page page;
    private final Map<String, Filter> filters = new LinkedHashMap<>();

    EventFilters(DebugSession session, ConsoleContext context) {
        this.session = session;
        this.context = context;
        this.page = context.page();
        usual();
    }

    /** Breakpoints at last errors, by their codes. */
    private final Map<Long, Breakpoint> lastErrors = new TreeMap<>();

    private synchronized void usual() {
        filters.clear();
        event("ct", "Create thread");
        event("et", "Exit thread");
        event("cpr", "Create process");
        event("epr", "Exit process");
        event("ld", "Load module");
        event("ud", "Unload module");
        event("ser", "System error");
        event("out", "Debuggee output");
        for (NamedException each : NamedException.all()) {
            exception(each.name(), each.title(), each.code());
        }
    }

    private void event(String name, String title) {
        filters.put(name, new Filter(name, title, Optional.empty(), FilterMode.NOTIFY));
    }

    private void exception(String name, String title, int code) {
        FilterMode mode =
                switch (session.exceptions().stopAt(code)) {
                    case FIRST_CHANCE -> FilterMode.BREAK;
                    case SECOND_CHANCE -> FilterMode.SECOND_CHANCE;
                    case NEVER -> FilterMode.NOTIFY;
                };
        filters.put(name, new Filter(name, title, Optional.of(code), mode));
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "sxe, sxd, sxn, sxi [-h] [-c \"COMMANDS\"] NAME[:PATTERN]|CODE|*",
                        "stop at first chance; at second; print; ignore. -h: handled; gle:5 is a last error"),
                new HelpEntry("sx, sxr", "list what is done about events; as in the beginning"));
    }

    @Override
    public synchronized boolean run(CommandLine command) {
        Optional<FilterRequest> request = FilterRequest.of(context, command);
        if (request.isPresent()) {
            set(request.get());
            return true;
        }
        switch (command.name()) {
            case "sx" -> list();
            case "sxr" -> reset();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void list() {
        for (long code : lastErrors.keySet()) {
            page.rightTo(9, "gle").text(" - Last error").to(44).text(" - break  only ");
            page.text(CodeNames.win32((int) code).orElse("0x" + Long.toHexString(code))).end();
        }
        for (Filter each : filters.values()) {
            page.rightTo(9, each.name).text(" - ").text(each.title).to(44).text(" - ");
            page.text(each.mode.text());
            page.text(each.code.isEmpty() ? "" : each.handled ? " - handled" : " - not handled");
            page.text(each.pattern.isEmpty() ? "" : "  only " + each.pattern);
            page.text(each.commands.isEmpty() ? "" : "  \"" + each.commands + "\"").end();
        }
    }

    private void forgetLastErrors() {
        lastErrors.values().forEach(Breakpoint::erase);
        lastErrors.clear();
    }

    private void reset() {
        forgetLastErrors();
        for (Filter each : filters.values()) {
            apply(each, each.usual);
            if (each.handled) {
                handle(each, false);
            }
        }
        usual();
    }

    private void set(FilterRequest wanted) {
        if (wanted.isForAll()) {
            if (!wanted.handling()) {
                session.exceptions().stop(stopAt(wanted.mode()));
            }
            for (Filter each : filters.values()) {
                if (each.code.isPresent() && !OWN.contains(each.code.get())) {
                    change(each, wanted);
                } else if (each.code.isPresent() && !wanted.handling()) {
                    apply(each, wanted.mode());
                }
            }
        } else if (wanted.name().equals("gle") && !wanted.pattern().isEmpty()) {
            lastError(wanted.mode(), wanted.pattern());
        } else {
            Filter filter = filter(wanted.name());
            filter.pattern = wanted.pattern();
            change(filter, wanted);
        }
    }

    private void change(Filter filter, FilterRequest wanted) {
        wanted.commands().ifPresent(c -> filter.commands = c);
        if (wanted.handling()) {
            handle(filter, wanted.mode() == FilterMode.BREAK);
        } else {
            apply(filter, wanted.mode());
        }
    }

    /** {@code sxe gle:5} stops who sets its last error to 5, all else ends that. */
    private void lastError(FilterMode mode, String text) {
        long code = context.expressions().value(text);
        Breakpoint known = lastErrors.remove(code);
        if (known != null) {
            known.erase();
        }
        if (mode == FilterMode.BREAK) {
            lastErrors.put(code, session.breakOnError(code));
        }
    }

    private Filter filter(String name) {
        Filter known = filters.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        int code = (int) context.expressions().value(name);
        for (Filter each : filters.values()) {
            if (each.code.isPresent() && each.code.get() == code) {
                return each;
            }
        }
        String key = Integer.toHexString(code);
        exception(key, CodeNames.exception(code).name(), code);
        return filters.getOrDefault(key, new Filter(key, key, Optional.of(code), FilterMode.BREAK));
    }

    private static ExceptionRules.StopAt stopAt(FilterMode mode) {
        return switch (mode) {
            case BREAK -> ExceptionRules.StopAt.FIRST_CHANCE;
            case SECOND_CHANCE -> ExceptionRules.StopAt.SECOND_CHANCE;
            case NOTIFY, IGNORE -> ExceptionRules.StopAt.NEVER;
        };
    }

    private void apply(Filter filter, FilterMode mode) {
        filter.mode = mode;
        filter.code.ifPresent(code -> session.exceptions().stop(code, stopAt(mode)));
    }

    private void handle(Filter filter, boolean on) {
        int code =
                filter.code.orElseThrow(
                        () -> new ConsoleException(filter.name + " is no exception"));
        filter.handled = on;
        session.exceptions().handle(code, on);
    }

    // --- asked while the session runs -----------------------------------------------------------

    private Optional<Filter> of(DebugEvent event) {
        String name =
                switch (event) {
                    case DebugEvent.ProcessStarted e -> "cpr";
                    case DebugEvent.ProcessExited e -> "epr";
                    case DebugEvent.ThreadStarted e -> "ct";
                    case DebugEvent.ThreadExited e -> "et";
                    case DebugEvent.ModuleLoaded e -> "ld";
                    case DebugEvent.ModuleUnloaded e -> "ud";
                    case DebugEvent.OutputWritten e -> "out";
                    case DebugEvent.SystemFailed e -> "ser";
                    default -> "";
                };
        if (event instanceof DebugEvent.ExceptionRaised e) {
            return filters.values().stream()
                    .filter(f -> f.code.isPresent() && f.code.get() == e.exception().code())
                    .findFirst();
        }
        return Optional.ofNullable(filters.get(name));
    }

    private static boolean fits(Filter filter, DebugEvent event) {
        if (filter.pattern.isEmpty()) {
            return true;
        }
        return switch (event) {
            case DebugEvent.ModuleLoaded e -> fits(filter.pattern, e.module());
            case DebugEvent.ModuleUnloaded e -> fits(filter.pattern, e.module());
            case DebugEvent.ProcessStarted e -> fits(filter.pattern, e.image());
            case DebugEvent.OutputWritten e -> Wildcards.match(filter.pattern, e.text().strip());
            default -> true;
        };
    }

    private static boolean fits(String pattern, LoadedModule module) {
        return module.isNamed(pattern)
                || Wildcards.match(pattern, module.name())
                || Wildcards.match(pattern, module.label());
    }

    /** Whether an event that is no exception is to stop the session. */
    synchronized boolean stops(DebugEvent event) {
        Optional<Filter> filter = of(event);
        return filter.isPresent()
                && filter.get().code.isEmpty()
                && filter.get().mode == FilterMode.BREAK
                && fits(filter.get(), event);
    }

    /** Whether nothing is to be said of an event. */
    synchronized boolean isQuiet(DebugEvent event) {
        Optional<Filter> filter = of(event);
        return filter.isPresent() && filter.get().mode == FilterMode.IGNORE;
    }

    /** What is to be done when an event has stopped the session. */
    synchronized List<String> commandsOf(DebugEvent event) {
        var found = new ArrayList<String>();
        Optional<Filter> filter = of(event);
        if (filter.isPresent()
                && !filter.get().commands.isEmpty()
                && fits(filter.get(), event)
                && (filter.get().code.isPresent() || filter.get().mode == FilterMode.BREAK)) {
            found.add(filter.get().commands);
        }
        return found;
    }
}
