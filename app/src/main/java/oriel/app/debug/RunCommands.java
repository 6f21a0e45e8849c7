package oriel.app.debug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.InspectCommands;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.ExceptionRules;
import oriel.engine.session.Stop;

/** The commands that let processes run, and those about breakpoints and exceptions. */
final class RunCommands {
    private static final int MOST_STEPS = 100_000;

    private final DebugView view;
    private final DebugSession session;
    private final InspectCommands inspect;
    private final StopText text;
    private final Page page;
    private final Runnable flush;

    /** Commands that a breakpoint does when it stops. */
    private final Map<Integer, String> commands = new HashMap<>();

    private Optional<String> next = Optional.empty();

    RunCommands(DebugView view, InspectCommands inspect, Page page, Runnable flush) {
        this.view = view;
        this.session = view.session();
        this.inspect = inspect;
        this.page = page;
        this.flush = flush;
        this.text = new StopText(page, inspect);
    }

    boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "g" -> go(rest);
            case "gh" -> {
                view.stop().handled();
                go(rest);
            }
            case "gn" -> {
                view.stop().notHandled();
                go(rest);
            }
            case "gu" -> ended(session::stepOut);
            case "t" -> steps(rest, session::stepInto);
            case "p" -> steps(rest, session::stepOver);
            case "pc" -> toCall();
            case "pa", "ta" -> {
                long va = inspect.expressions().address(rest);
                ended(() -> session.runTo(va));
            }
            case "bp", "bu" -> add(rest);
            case "bm" -> addMany(rest);
            case "ba" -> watch(rest);
            case "bl" -> session.breakpoints().forEach(this::show);
            case "bc" -> chosen(rest).forEach(this::erase);
            case "bd" -> chosen(rest).forEach(Breakpoint::disable);
            case "be" -> chosen(rest).forEach(Breakpoint::enable);
            case "bo" -> chosen(rest).forEach(b -> b.once().enable());
            case "sxe" -> rule(rest, ExceptionRules.StopAt.FIRST_CHANCE);
            case "sxd" -> rule(rest, ExceptionRules.StopAt.SECOND_CHANCE);
            case "sxi", "sxn" -> rule(rest, ExceptionRules.StopAt.NEVER);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Commands of the breakpoint that was hit last, to be done next. */
    Optional<String> takeCommands() {
        Optional<String> now = next;
        next = Optional.empty();
        return now;
    }

    // --- running ------------------------------------------------------------------------------

    private void go(String rest) {
        view.stop();
        if (rest.isEmpty()) {
            ended(session::go);
        } else {
            long va = inspect.expressions().address(rest);
            ended(() -> session.runTo(va));
        }
    }

    private boolean ended(Supplier<Optional<Stop>> how) {
        view.stop();
        page.flush();
        flush.run();
        Optional<Stop> stop = how.get();
        inspect.moved();
        if (stop.isEmpty()) {
            page.line("nothing is debugged any more");
            return false;
        }
        text.write(stop.get());
        flush.run();
        for (Breakpoint each : session.breakpoints()) {
            each.problem().ifPresent(p -> page.styled(Style.WARN, each + ": " + p).end());
        }
        stop.get()
                .event(DebugEvent.BreakpointHit.class)
                .map(hit -> commands.get(hit.breakpoint().id()))
                .ifPresent(c -> next = Optional.of(c));
        return stop.get().event(DebugEvent.StepDone.class).isPresent();
    }

    private void steps(String rest, Supplier<Optional<Stop>> how) {
        long count = rest.isEmpty() ? 1 : inspect.expressions().value(rest);
        if (count < 1 || count > MOST_STEPS) {
            throw new ConsoleException("from 1 to " + MOST_STEPS + " steps");
        }
        for (long i = 0; i < count; i++) {
            if (!ended(how)) {
                return;
            }
        }
    }

    /** Steps until the next call. */
    private void toCall() {
        for (int i = 0; i < MOST_STEPS; i++) {
            Optional<Stop> stop = session.stepOver();
            boolean more =
                    stop.isPresent()
                            && stop.get().event(DebugEvent.StepDone.class).isPresent()
                            && !stop.get().instruction(stop.get().pc()).flow().isCall();
            if (!more) {
                ended(() -> stop);
                return;
            }
        }
    }

    // --- breakpoints --------------------------------------------------------------------------

    /** {@code bp [/1] [/w "condition"] place [count] ["commands"]}. */
    private void add(String rest) {
        var words = new BreakpointWords(rest);
        if (words.place().isEmpty()) {
            throw new ConsoleException("bp [/1] [/w \"CONDITION\"] PLACE [\"COMMANDS\"]");
        }
        Breakpoint added = place(words.place());
        words.condition().ifPresent(added::when);
        if (words.once()) {
            added.once();
        }
        words.commands().ifPresent(c -> commands.put(added.id(), c));
        show(added);
    }

    private Breakpoint place(String place) {
        boolean label = place.indexOf('!') > 0 && place.indexOf('@') < 0;
        if (label) {
            return session.breakAt(place);
        }
        Stop stop = view.stop();
        return session.breakAt(stop.processId(), inspect.expressions().address(place));
    }

    /** {@code bm module!pattern}: a breakpoint on every symbol that matches. */
    private void addMany(String rest) {
        int mark = rest.indexOf('!');
        if (mark <= 0) {
            throw new ConsoleException("bm MODULE!PATTERN");
        }
        List<String> names =
                SymbolNames.matching(
                        view.stop(), rest.substring(0, mark), rest.substring(mark + 1));
        if (names.isEmpty()) {
            throw new ConsoleException("no symbol matches '" + rest + "'");
        }
        names.forEach(name -> show(session.breakAt(name)));
    }

    /** {@code ba e|r|w SIZE ADDRESS}. */
    private void watch(String rest) {
        String[] words = rest.split("\\s+", 2);
        if (words.length < 2 || words[0].isEmpty()) {
            throw new ConsoleException("ba e1|w1|w2|w4|w8|r1|r2|r4|r8 ADDRESS");
        }
        Access access =
                switch (words[0].toLowerCase(Locale.ROOT).charAt(0)) {
                    case 'e' -> Access.EXECUTE;
                    case 'w' -> Access.WRITE;
                    case 'r', 'a' -> Access.ACCESS;
                    default -> throw new ConsoleException("e, w or r before the size");
                };
        String digits = words[0].substring(1);
        String address = words[1];
        if (digits.isEmpty()) {
            String[] more = words[1].split("\\s+", 2);
            digits = more[0];
            address = more.length > 1 ? more[1] : "";
        }
        int size = digits.matches("[1248]") ? Integer.parseInt(digits) : 0;
        try {
            show(
                    session.watch(
                            view.stop().processId(),
                            inspect.expressions().address(address),
                            access,
                            size == 0 ? 3 : size));
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(String.valueOf(e.getMessage()));
        }
    }

    private void erase(Breakpoint breakpoint) {
        breakpoint.erase();
        commands.remove(breakpoint.id());
    }

    private void show(Breakpoint each) {
        page.rightTo(3, Integer.toString(each.id()));
        page.text(each.isEnabled() ? " e " : " d ");
        String kind =
                switch (each.kind()) {
                    case CODE -> "";
                    case HARDWARE, PAGE ->
                            each.access().name().toLowerCase(Locale.ROOT)
                                    + " "
                                    + each.sizeBytes()
                                    + " ";
                };
        page.text(kind);
        page.text(each.isPending() ? "(waits) " : "");
        each.addresses().values().forEach(va -> page.hex(va, 8).text(" "));
        page.styled(Style.NAME, name(each));
        page.text("  hits ").number(each.hits());
        if (!each.condition().isEmpty()) {
            page.text("  when ").text(each.condition());
        }
        page.text(each.isOnce() ? "  once" : "").end();
        each.problem().ifPresent(p -> page.styled(Style.WARN, "      " + p).end());
    }

    private String name(Breakpoint each) {
        Optional<Stop> stop = view.now();
        return stop.isPresent() && !each.addresses().isEmpty()
                ? stop.get().label(each.addresses().values().iterator().next())
                : each.place();
    }

    private List<Breakpoint> chosen(String rest) {
        if (rest.equals("*")) {
            return session.breakpoints();
        }
        var found = new ArrayList<Breakpoint>();
        for (String word : rest.split("[,\\s]+")) {
            Optional<Breakpoint> one =
                    session.breakpoints().stream()
                            .filter(b -> Integer.toString(b.id()).equals(word))
                            .findFirst();
            found.add(
                    one.orElseThrow(
                            () -> new ConsoleException("there is no breakpoint '" + word + "'")));
        }
        return found;
    }

    // --- exceptions ---------------------------------------------------------------------------

    private void rule(String rest, ExceptionRules.StopAt when) {
        if (rest.equals("*")) {
            session.exceptions().stop(when);
            return;
        }
        int code =
                switch (rest) {
                    case "av" -> 0xc0000005;
                    case "eh" -> ExceptionRules.CPLUSPLUS;
                    case "dz" -> 0xc0000094;
                    case "ii" -> 0xc000001d;
                    case "sov" -> 0xc00000fd;
                    case "bpe" -> ExceptionRules.BREAKPOINT;
                    case "gp" -> ExceptionRules.GUARD_PAGE;
                    case "" -> throw new ConsoleException("av, eh, dz, ii, sov, bpe, gp, *, CODE");
                    default -> (int) inspect.expressions().value(rest);
                };
        session.exceptions().stop(code, when);
    }
}
