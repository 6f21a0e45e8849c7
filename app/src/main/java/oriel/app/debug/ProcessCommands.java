package oriel.app.debug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.InspectCommands;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.search.MaskedBytes;
import oriel.engine.search.MemorySearch;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.MemoryRegion;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** The commands about processes, threads and their memory as a whole. */
final class ProcessCommands {
    private static final int MOST_MATCHES = 100;
    private static final int MOST_FILL = 1 << 24;

    private final DebugView view;
    private final DebugSession session;
    private final InspectCommands inspect;
    private final Page page;

    ProcessCommands(DebugView view, InspectCommands inspect, Page page) {
        this.view = view;
        this.session = view.session();
        this.inspect = inspect;
        this.page = page;
    }

    boolean run(CommandLine command) throws IOException {
        String rest = command.rest();
        switch (command.name()) {
            case "|" -> processes();
            case ".attach" -> session.attach(decimal(rest));
            case ".detach" -> session.detach(rest.isEmpty() ? here() : decimal(rest));
            case ".kill" -> session.kill(rest.isEmpty() ? here() : decimal(rest));
            case ".dump" -> dump(rest);
            case "!address" -> region(rest);
            case "s", "sa", "su", "sb" -> search(command.name(), rest);
            case "f" -> fill(rest);
            default -> {
                if (command.name().startsWith("~")) {
                    thread(command);
                } else if (command.name().startsWith("|")) {
                    process(command.name().substring(1));
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    private long here() {
        return view.stop().processId();
    }

    private static long decimal(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new ConsoleException("'" + text + "' is not the id of a process");
        }
    }

    // --- processes and threads ----------------------------------------------------------------

    private void processes() {
        long here = view.now().map(Stop::processId).orElse(-1L);
        for (long id : session.processIds()) {
            page.text(id == here ? ". " : "  ").number(id).end();
        }
    }

    private void process(String id) {
        String digits = id.endsWith("s") ? id.substring(0, id.length() - 1) : id;
        long wanted = decimal(digits);
        if (!session.processIds().contains(wanted)) {
            throw new ConsoleException("process " + wanted + " is not debugged");
        }
        Stop stop = view.stop().from(new ThreadRef(wanted, 0));
        stop.threads().stream().findFirst().ifPresent(t -> session.select(t.ref()));
        inspect.moved();
    }

    /** {@code ~} lists, {@code ~5s} selects, {@code ~5k} does a command; {@code ~*k} for all. */
    private void thread(CommandLine command) {
        String what = command.name().substring(1);
        Stop stop = view.stop();
        if (what.isEmpty()) {
            list(stop);
            return;
        }
        int digits = 0;
        while (digits < what.length() && Character.isDigit(what.charAt(digits))) {
            digits++;
        }
        boolean all = what.startsWith("*");
        String then = (what.substring(all ? 1 : digits) + " " + command.rest()).strip();
        List<ThreadRef> threads = all ? refs(stop) : List.of(one(stop, what, digits));
        ThreadRef before = stop.thread();
        for (ThreadRef thread : threads) {
            session.select(thread);
            inspect.moved();
            if (then.isEmpty() || then.equals("s")) {
                inspect.codeAt(view.stop().pc(), 1);
                return;
            }
            if (all) {
                page.heading("thread " + thread.threadId());
            }
            for (CommandLine each : CommandLine.parse(then)) {
                if (!inspect.run(each)) {
                    throw new ConsoleException("~ takes s, r, k and the like");
                }
            }
        }
        session.select(before);
        inspect.moved();
    }

    private static List<ThreadRef> refs(Stop stop) {
        var refs = new ArrayList<ThreadRef>();
        stop.threads().forEach(t -> refs.add(t.ref()));
        return refs;
    }

    /** A thread by its position in the list, or by its id. */
    private static ThreadRef one(Stop stop, String text, int digits) {
        List<ThreadRef> all = refs(stop);
        long number = digits == 0 ? -1 : Long.parseLong(text, 0, Math.min(digits, 18), 10);
        if (number >= 0 && number < all.size()) {
            return all.get((int) number);
        }
        for (ThreadRef each : all) {
            if (each.threadId() == number) {
                return each;
            }
        }
        throw new ConsoleException("there is no thread " + text);
    }

    private void list(Stop stop) {
        int index = 0;
        for (TargetThread thread : stop.threads()) {
            boolean here = thread.ref().equals(stop.thread());
            page.text(here ? ". " : "  ").rightTo(5, Integer.toString(index++));
            page.text("  id ").number(thread.ref().threadId());
            thread.registers()
                    .pc()
                    .ifPresent(
                            va ->
                                    page.to(18)
                                            .styled(
                                                    Style.NAME,
                                                    stop.symbolizer().locate(va).label()));
            thread.name().ifPresent(n -> page.text("  '" + n + "'"));
            page.end();
        }
    }

    // --- memory -------------------------------------------------------------------------------

    private void dump(String rest) throws IOException {
        String[] words = rest.split("\\s+");
        String file = words[words.length - 1];
        if (file.isEmpty() || file.startsWith("/")) {
            throw new ConsoleException(".dump FILE");
        }
        DumpPlan plan = words[0].equals("/ma") ? DumpPlan.FULL : DumpPlan.NORMAL;
        for (Diagnostic each : MinidumpWriter.write(view.stop(), plan, Path.of(file), done -> {})) {
            page.styled(Style.WARN, each.toString()).end();
        }
        page.line("wrote " + file);
    }

    private void region(String rest) {
        Stop stop = view.stop();
        if (rest.isEmpty()) {
            stop.regions().stream()
                    .filter(r -> r.state() != MemoryRegion.State.FREE)
                    .forEach(this::show);
            return;
        }
        long va = inspect.expressions().address(rest);
        show(stop.regionAt(va).orElseThrow(() -> new ConsoleException("there is no such address")));
    }

    private void show(MemoryRegion region) {
        page.hex(region.range().start(), 12).text(" ");
        page.hex(region.range().end(), 12).text("  ");
        page.text(region.state().name().toLowerCase(Locale.ROOT)).to(40);
        page.text(region.type().name().toLowerCase(Locale.ROOT)).to(49);
        page.hex(region.protection(), 3).end();
    }

    /** {@code s START END HEX...}, {@code sa|su START END "TEXT"}. */
    private void search(String command, String rest) {
        String[] words = rest.split("\\s+", 3);
        if (words.length < 3) {
            throw new ConsoleException(command + " START END|Ln BYTES or \"TEXT\"");
        }
        long start = inspect.expressions().address(words[0]);
        boolean length = words[1].startsWith("L") || words[1].startsWith("l");
        long second = inspect.expressions().value(length ? words[1].substring(1) : words[1]);
        long size = length ? second : second - start + 1;
        String wanted = words[2].strip();
        boolean quoted = wanted.length() > 2 && wanted.startsWith("\"") && wanted.endsWith("\"");
        String text = quoted ? wanted.substring(1, wanted.length() - 1) : wanted;
        MaskedBytes pattern =
                command.equals("su")
                        ? MaskedBytes.text(text, StandardCharsets.UTF_16LE, false)
                        : command.equals("sa") || quoted
                                ? MaskedBytes.text(text, StandardCharsets.ISO_8859_1, false)
                                : MaskedBytes.hex(text);
        int[] found = {0};
        new MemorySearch(view.stop().memory(), List.of(pattern))
                .run(
                        List.of(new AddressRange(start, size)),
                        done -> {},
                        match -> {
                            page.hex(match.va(), 8).text("  ");
                            page.styled(
                                            Style.NAME,
                                            view.stop().symbolizer().locate(match.va()).label())
                                    .end();
                            return ++found[0] < MOST_MATCHES;
                        });
        if (found[0] == 0) {
            page.line("not found");
        }
    }

    /** {@code f START Ln BYTES}. */
    private void fill(String rest) {
        String[] words = rest.split("\\s+");
        if (words.length < 3 || !words[1].toLowerCase(Locale.ROOT).startsWith("l")) {
            throw new ConsoleException("f START Ln BYTES");
        }
        long size = inspect.expressions().value(words[1].substring(1));
        if (size < 1 || size > MOST_FILL) {
            throw new ConsoleException("from 1 to " + MOST_FILL + " bytes");
        }
        var bytes = new byte[(int) size];
        for (int i = 0; i < bytes.length; i++) {
            String word = words[2 + i % (words.length - 2)];
            bytes[i] = (byte) inspect.expressions().value(word);
        }
        view.write(inspect.expressions().address(words[0]), bytes);
    }
}
