package oriel.app.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.eval.EvalException;

/** The commands about breakpoints. */
final class BreakpointCommands implements CommandGroup {
    private static final int MOST_NEW = 10_000;

    /** Commands that may have a number at their end: that of the new breakpoint. */
    private static final Pattern NUMBERED = Pattern.compile("(bp|bu|ba)(\\d{1,4})");

    private final ConsoleContext context;
    private final Page page;
    private final BreakpointChoice choice;

    /** Commands that are done when a breakpoint stops the target. */
    private final Map<Integer, String> commands = new HashMap<>();

    /** What a new breakpoint is to be called, while a command that says so is done. */
    private OptionalInt number = OptionalInt.empty();

    BreakpointCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
        this.choice = new BreakpointChoice(context);
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "bp[N], bu[N] [/1] [/w \"EXPR\"] [/c N] [/C N] PLACE [PASSES] [\"COMMANDS\"]",
                        "break at an address, label or `FILE:LINE`; a label waits for its module"),
                new HelpEntry("bm MODULE!PATTERN [PASSES] [\"COMMANDS\"]", "on all that match"),
                new HelpEntry(
                        "bm START-END, bm ADDRESS SIZE", "on memory of any size, by its pages"),
                new HelpEntry(
                        "ba[N] e1|w1|w2|w4|w8|r... ADDRESS [PASSES] [\"COMMANDS\"]",
                        "by a debug register: execution, writes, accesses"),
                new HelpEntry("bl [NUMBERS], .bpcmds", "list; as commands that make them"),
                new HelpEntry(
                        "bc, bd, be, bo NUMBERS|*|ADDRESS|START-END",
                        "clear, disable, enable, once more"),
                new HelpEntry(
                        "bs NUMBER [\"COMMANDS\"], br NUMBER NEW",
                        "other commands for a breakpoint; another number"));
    }

    @Override
    public boolean run(CommandLine command) {
        return run(command, OptionalLong.empty());
    }

    /**
     * The same for one thread.
     *
     * @param thread that alone counts for new breakpoints
     */
    boolean run(CommandLine command, OptionalLong thread) {
        String rest = command.rest();
        Matcher numbered = NUMBERED.matcher(command.name());
        if (numbered.matches()) {
            number = OptionalInt.of(Integer.parseInt(numbered.group(2)));
            try {
                return run(new CommandLine(numbered.group(1), rest), thread);
            } finally {
                number = OptionalInt.empty();
            }
        }
        switch (command.name()) {
            case "bp", "bu" -> add(command.name(), rest, thread);
            case "bm" -> many(rest, thread);
            case "ba" -> watch(rest, thread);
            case "bl" -> list(rest);
            case "bc" -> {
                for (int id : choice.chosen(rest)) {
                    context.on().breakpoints().erase(id);
                    commands.remove(id);
                }
            }
            case "bd" ->
                    choice.chosen(rest).forEach(id -> context.on().breakpoints().enable(id, false));
            case "be" ->
                    choice.chosen(rest).forEach(id -> context.on().breakpoints().enable(id, true));
            case "bo" -> choice.chosen(rest).forEach(id -> context.on().breakpoints().once(id));
            case "bs" -> substitute(rest);
            case "br" -> renumber(rest);
            case ".bpcmds" -> context.on().breakpoints().list().forEach(this::asCommand);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What is to be done because these were hit. */
    List<String> commandsOf(List<Integer> hits) {
        var found = new ArrayList<String>();
        for (int id : hits) {
            String one = commands.get(id);
            if (one != null && !one.isBlank()) {
                found.add(one);
            }
        }
        return found;
    }

    /** Whether one of some has no commands: then it stops for the user. */
    boolean anyWithout(List<Integer> hits) {
        return hits.stream().anyMatch(id -> commands.getOrDefault(id, "").isBlank());
    }

    // New ones

    /** Options before the place. */
    private static final class Options {
        private boolean once;
        private String condition = "";
        private int fewest;
        private int most = Integer.MAX_VALUE;

        Options(CommandArguments arguments) {
            while (arguments.next() == '/') {
                arguments.take('/');
                char option = arguments.next();
                arguments.take(option);
                switch (option) {
                    case '1' -> once = true;
                    case 'w' ->
                            condition =
                                    arguments
                                            .quoted()
                                            .orElseThrow(
                                                    () ->
                                                            new ConsoleException(
                                                                    "/w \"EXPRESSION\""));
                    case 'c' -> most = (int) arguments.value();
                    case 'C' -> fewest = (int) arguments.value();
                    case 'f' -> {
                        // Of bm only: without checks of the kind of symbol.
                    }
                    default -> throw new ConsoleException("/" + option + " is not known here");
                }
            }
        }

        BreakpointRequest request(
                String place,
                OptionalLong va,
                BreakpointRequest.Kind kind,
                long size,
                long pass,
                OptionalLong thread,
                ConsoleContext context) {
            return new BreakpointRequest(
                    place, va, kind, size, once, pass, condition, fewest, most, thread, context);
        }
    }

    /** What may follow the place: passes, and commands. */
    private static long passes(CommandArguments arguments) {
        return arguments.isEmpty() || arguments.next() == '"' ? 1 : arguments.value();
    }

    private void add(String name, String rest, OptionalLong thread) {
        var arguments = new CommandArguments(context, rest);
        var options = new Options(arguments);
        if (arguments.isEmpty()) {
            throw new ConsoleException(name + " [/1] [/w \"CONDITION\"] PLACE [\"COMMANDS\"]");
        }
        int start = arguments.position();
        OptionalLong va = OptionalLong.empty();
        String place;
        try {
            va = OptionalLong.of(arguments.address());
            place = rest.substring(start, Math.min(rest.length(), arguments.position())).strip();
            place = inItsModule(place, va.getAsLong());
        } catch (EvalException e) {
            arguments.position(start);
            place = BreakpointRequest.unquoted(arguments.word());
            boolean label = place.indexOf('!') > 0;
            if (!label) {
                throw e;
            }
        }
        boolean label = BreakpointRequest.isLabel(place);
        long pass = passes(arguments);
        BreakpointRequest request =
                options.request(
                        place,
                        label ? OptionalLong.empty() : va,
                        BreakpointRequest.Kind.CODE,
                        1,
                        pass,
                        thread,
                        context);
        if (label && va.isEmpty()) {
            page.line("'" + place + "' is not known yet: it is waited for");
        }
        added(request, arguments.quoted());
    }

    /** A line of a source file gets its module, so that it holds for the next run, too. */
    private String inItsModule(String place, long va) {
        String line = BreakpointRequest.unquoted(place);
        boolean alone = line.indexOf('!') < 0 && line.matches(".+:\\d+");
        return alone
                ? context.target().moduleAt(va).map(m -> m.label() + "!" + line).orElse(line)
                : line;
    }

    private void added(BreakpointRequest request, Optional<String> then) {
        int given = context.on().breakpoints().add(request);
        if (number.isPresent() && number.getAsInt() != given) {
            context.on().breakpoints().renumber(given, number.getAsInt());
            commands.remove(number.getAsInt());
        }
        int id = number.orElse(given);
        then.ifPresent(c -> commands.put(id, c));
        context.on().breakpoints().list().stream().filter(b -> b.id() == id).forEach(this::show);
    }

    private void many(String rest, OptionalLong thread) {
        var arguments = new CommandArguments(context, rest);
        var options = new Options(arguments);
        int start = arguments.position();
        String pattern = arguments.word();
        int mark = pattern.indexOf('!');
        if (mark <= 0) {
            arguments.position(start);
            pages(rest.substring(start).strip(), options, thread);
            return;
        }
        long pass = passes(arguments);
        Optional<String> then = arguments.quoted();
        List<String> names =
                SymbolCommands.functions(
                        context, pattern.substring(0, mark), pattern.substring(mark + 1));
        if (names.isEmpty()) {
            throw new ConsoleException("no symbol matches '" + pattern + "'");
        }
        for (String name : names.subList(0, Math.min(MOST_NEW, names.size()))) {
            added(
                    options.request(
                            name,
                            OptionalLong.empty(),
                            BreakpointRequest.Kind.CODE,
                            1,
                            pass,
                            thread,
                            context),
                    then);
        }
    }

    private void pages(String rest, Options options, OptionalLong thread) {
        BreakpointChoice.Span span =
                choice.span(rest)
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "bm MODULE!PATTERN, bm START-END, bm ADDRESS"
                                                        + " SIZE"));
        added(
                options.request(
                        rest,
                        OptionalLong.of(span.start()),
                        BreakpointRequest.Kind.PAGES,
                        span.end() - span.start(),
                        1,
                        thread,
                        context),
                Optional.empty());
    }

    /** {@code ba e|r|w SIZE ADDRESS}; a as in access is taken for r. */
    private void watch(String rest, OptionalLong thread) {
        var arguments = new CommandArguments(context, rest);
        String usage = "ba e1|w1|w2|w4|w8|r1|r2|r4|r8 ADDRESS [PASSES] [\"COMMANDS\"]";
        if (arguments.isEmpty()) {
            throw new ConsoleException(usage);
        }
        char access = Character.toLowerCase(arguments.next());
        arguments.take(arguments.next());
        BreakpointRequest.Kind kind =
                switch (access) {
                    case 'e' -> BreakpointRequest.Kind.EXECUTE;
                    case 'w' -> BreakpointRequest.Kind.WRITE;
                    case 'r', 'a' -> BreakpointRequest.Kind.ACCESS;
                    default -> throw new ConsoleException(usage);
                };
        char digit = arguments.next();
        if ("1248".indexOf(digit) < 0) {
            throw new ConsoleException("the size is 1, 2, 4 or 8");
        }
        arguments.take(digit);
        var options = new Options(arguments);
        if (arguments.isEmpty()) {
            throw new ConsoleException(usage);
        }
        int start = arguments.position();
        long va = arguments.address();
        String place = rest.substring(start, Math.min(rest.length(), arguments.position())).strip();
        long pass = passes(arguments);
        int size = digit - '0';
        if (va % size != 0) {
            throw new ConsoleException(
                    Long.toHexString(va)
                            + " is no multiple of "
                            + size
                            + ", as debug registers need");
        }
        added(
                options.request(place, OptionalLong.of(va), kind, size, pass, thread, context),
                arguments.quoted());
    }

    // Those that are there

    private void list(String rest) {
        List<Integer> wanted = rest.isEmpty() || rest.equals("*") ? List.of() : choice.chosen(rest);
        for (BreakpointView each : context.on().breakpoints().list()) {
            if (wanted.isEmpty() || wanted.contains(each.id())) {
                show(each);
            }
        }
    }

    private void show(BreakpointView each) {
        BreakpointRequest wanted = each.request();
        int digits = context.on().isStopped() ? context.architecture().pointerSize() * 2 : 8;
        page.rightTo(3, Integer.toString(each.id()));
        page.text(each.enabled() ? " e " : " d ");
        page.text(wanted.kindText()).text(wanted.kindText().isEmpty() ? "" : " ");
        page.text(each.addresses().isEmpty() ? "(waits) " : "");
        each.addresses().forEach(va -> page.hex(va, digits).text(" "));
        long left = Math.max(1, wanted.pass() - each.hits());
        page.text(String.format(Locale.ROOT, "%04x (%04x) ", left, wanted.pass()));
        wanted.threadText().ifPresent(t -> page.text(t + " "));
        page.styled(Style.NAME, name(each));
        page.text("  hits ").number(each.hits());
        page.text(wanted.condition().isEmpty() ? "" : "  when " + wanted.condition());
        page.text(wanted.once() ? "  once" : "");
        String then = commands.getOrDefault(each.id(), "");
        page.text(then.isEmpty() ? "" : " \"" + then + "\"").end();
        each.problem().ifPresent(p -> page.to(4).styled(Style.WARN, p).end());
    }

    private String name(BreakpointView each) {
        return context.on().isStopped() && !each.addresses().isEmpty()
                ? context.symbolizer().locate(each.addresses().get(0)).label()
                : each.request().place();
    }

    private void asCommand(BreakpointView each) {
        BreakpointRequest wanted = each.request();
        String kind = wanted.kindText().replace(" ", "");
        page.text(
                wanted.kind() == BreakpointRequest.Kind.CODE
                        ? "bp "
                        : wanted.kind() == BreakpointRequest.Kind.PAGES
                                ? "bm "
                                : "ba " + kind + " ");
        page.text(wanted.once() ? "/1 " : "");
        page.text(wanted.condition().isEmpty() ? "" : "/w \"" + wanted.condition() + "\" ");
        page.text(wanted.place());
        page.text(wanted.pass() > 1 ? " 0x" + Long.toHexString(wanted.pass()) : "");
        String then = commands.getOrDefault(each.id(), "");
        page.text(then.isEmpty() ? "" : " \"" + then + "\"").line(";");
    }

    /** {@code br OLD NEW}. */
    private void renumber(String rest) {
        String[] words = rest.split("\\s+");
        if (words.length != 2 || !words[1].matches("\\d{1,4}")) {
            throw new ConsoleException("br NUMBER NEW-NUMBER");
        }
        int to = Integer.parseInt(words[1]);
        for (int id : choice.chosen(words[0])) {
            context.on().breakpoints().renumber(id, to);
            String then = commands.remove(id);
            commands.remove(to);
            if (then != null) {
                commands.put(to, then);
            }
        }
    }

    private void substitute(String rest) {
        var arguments = new CommandArguments(context, rest);
        List<Integer> ids = choice.chosen(arguments.word());
        String then = arguments.quoted().orElse("");
        for (int id : ids) {
            commands.put(id, then);
        }
    }
}
