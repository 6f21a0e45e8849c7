package oriel.app.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.render.Durations;
import oriel.app.render.FrameTable;
import oriel.app.render.Page;
import oriel.app.render.ProcessText;
import oriel.app.render.Style;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.TargetThread;

/** The commands about the system, times, heaps, and the stacks of all threads. */
final class SystemCommands implements CommandGroup {
    private static final int MOST_HEAPS = 1000;

    private final ConsoleContext context;
    private final Page page;

    SystemCommands(ConsoleContext context) {
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("version, vertarget", "the system that the target runs on"),
                new HelpEntry(".effmach", "which instructions and registers are shown"),
                new HelpEntry(".time, .ttime, .echotime", "how long process and thread ran; now"),
                new HelpEntry("!runaway", "times of all threads, the longest first"),
                new HelpEntry("!heap [-s]", "heaps of the process"),
                new HelpEntry("!cs ADDRESS", "a critical section"),
                new HelpEntry(
                        "!uniqstack, !findstack TEXT [N]",
                        "stacks of all threads, each once; threads with a name on their stack"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "version", "vertarget" -> version();
            case ".effmach" -> machine(rest);
            case ".time" -> processTime();
            case ".ttime" -> threadTime();
            case ".echotime" -> page.text("Time: ").line(Durations.text(Instant.now()));
            case "!runaway" -> times();
            case "!heap" -> heaps(rest);
            case "!cs" -> criticalSection(rest);
            case "!uniqstack" -> stacks();
            case "!findstack" -> findStack(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    // --- the system -----------------------------------------------------------------------------

    private void version() {
        page.line(ProcessText.system(context.target().system(), context.architecture()));
        processTime();
    }

    private void machine(String wanted) {
        String now = context.architecture().name().toLowerCase(Locale.ROOT);
        boolean same = wanted.isEmpty() || wanted.equals(".") || wanted.equalsIgnoreCase(now);
        boolean alias = now.equals("x64") && wanted.equalsIgnoreCase("amd64");
        if (!same && !alias) {
            throw new ConsoleException(
                    "the target is shown as "
                            + now
                            + "; 32-bit programs are, too, where they run on 64-bit Windows");
        }
        page.text("Effective machine: ").line(now);
    }

    // --- times ----------------------------------------------------------------------------------

    private void processTime() {
        ProcessInfo process = context.target().process();
        process.captured().ifPresent(t -> row("Debug session time:", Durations.text(t)));
        process.created().ifPresent(t -> row("Process began:", Durations.text(t)));
        Instant now = process.captured().orElseGet(Instant::now);
        process.created()
                .ifPresent(t -> row("Process Uptime:", Durations.text(Duration.between(t, now))));
        process.kernelTime().ifPresent(t -> row("Kernel time:", Durations.text(t)));
        process.userTime().ifPresent(t -> row("User time:", Durations.text(t)));
    }

    private void row(String title, String value) {
        page.to(2).text(title).to(23).line(value);
    }

    private void threadTime() {
        TargetThread thread = context.thread();
        if (thread.created().isEmpty() && thread.userTime().isEmpty()) {
            throw new ConsoleException("the times of the thread are not known");
        }
        thread.created().ifPresent(t -> row("Created:", Durations.text(t)));
        thread.kernelTime().ifPresent(t -> row("Kernel:", Durations.text(t)));
        thread.userTime().ifPresent(t -> row("User:", Durations.text(t)));
    }

    private static Duration ran(TargetThread thread) {
        Duration user = thread.userTime().orElse(Duration.ZERO);
        return user.plus(thread.kernelTime().orElse(Duration.ZERO));
    }

    private void times() {
        var seats = new ArrayList<>(context.on().seats());
        seats.sort(Comparator.comparing((Seat s) -> ran(s.thread())).reversed());
        if (seats.stream().allMatch(s -> s.thread().userTime().isEmpty())) {
            throw new ConsoleException("the times of the threads are not known");
        }
        page.text("  Thread").to(20).text("User").to(36).line("Kernel");
        for (Seat seat : seats) {
            page.rightTo(5, Integer.toString(seat.number())).text(":").hex(seat.id(), 1);
            page.to(20).text(seat.thread().userTime().map(Durations::text).orElse("-"));
            page.to(36).line(seat.thread().kernelTime().map(Durations::text).orElse("-"));
        }
    }

    // --- heaps and locks ------------------------------------------------------------------------

    /** Heaps stand in an array that the PEB leads to. */
    private void heaps(String rest) {
        if (!rest.isEmpty() && !rest.equals("-s") && !rest.equals("-a")) {
            throw new ConsoleException(
                    "!heap and !heap -s list the heaps; blocks: 'oriel map', s -a, !address");
        }
        int word = context.architecture().pointerSize();
        long peb =
                context.target()
                        .process()
                        .pebVa()
                        .orElseThrow(() -> new ConsoleException("the PEB is not known"));
        long main = context.memory().unsigned(peb + 6L * word, word).orElse(0);
        OptionalLong count = context.memory().unsigned(peb + (word == 8 ? 0xe8 : 0x88), 4);
        OptionalLong array = context.memory().unsigned(peb + (word == 8 ? 0xf0 : 0x90), word);
        page.text("  Heap").to(22).text("Committed").to(34).line("Reserved");
        int shown = 0;
        for (int i = 0; i < Math.min(MOST_HEAPS, count.orElse(0)); i++) {
            OptionalLong heap = context.memory().unsigned(array.orElse(0) + (long) i * word, word);
            if (heap.isPresent() && heap.getAsLong() != 0) {
                heap(heap.getAsLong(), heap.getAsLong() == main);
                shown++;
            }
        }
        if (shown == 0 && main != 0) {
            heap(main, true);
        } else if (shown == 0) {
            throw new ConsoleException("the list of heaps cannot be read");
        }
    }

    private void heap(long va, boolean main) {
        long committed = 0;
        long reserved = 0;
        Optional<MemoryRegion> own = context.target().regionAt(va);
        for (MemoryRegion each : context.target().regions()) {
            boolean same =
                    own.isPresent()
                            && own.get().allocationBase().isPresent()
                            && each.allocationBase().equals(own.get().allocationBase());
            if (same) {
                reserved += each.range().sizeBytes();
                committed +=
                        each.state() == MemoryRegion.State.COMMITTED ? each.range().sizeBytes() : 0;
            }
        }
        page.to(2).hex(va, context.architecture().pointerSize() * 2);
        page.to(22).hex(committed, 1).to(34).hex(reserved, 1);
        if (main) {
            page.to(46).text("of the process");
        }
        page.end();
    }

    /** {@code CRITICAL_SECTION}: DebugInfo, LockCount, RecursionCount, OwningThread and more. */
    private void criticalSection(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("!cs ADDRESS");
        }
        long va = new CommandArguments(context, rest).address();
        int word = context.architecture().pointerSize();
        OptionalLong owner = context.memory().unsigned(va + word + 8, word);
        OptionalLong count = context.memory().unsigned(va + word, 4);
        OptionalLong recursion = context.memory().unsigned(va + word + 4, 4);
        if (owner.isEmpty() || count.isEmpty() || recursion.isEmpty()) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(va));
        }
        page.text("Critical section at ").hex(va, word * 2);
        page.text("  ").styled(Style.NAME, context.symbolizer().locate(va).label()).end();
        int locks = (int) count.getAsLong();
        // Bit 0 of the count is clear while it is held, and the waiting threads are counted down.
        row("LockCount:", "0x" + Integer.toHexString(locks));
        row("OwningThread:", "0x" + Long.toHexString(owner.getAsLong()));
        row("RecursionCount:", Long.toString((int) recursion.getAsLong()));
        OptionalLong spins = context.memory().unsigned(va + word + 8 + 2L * word, word);
        spins.ifPresent(s -> row("SpinCount:", "0x" + Long.toHexString(s)));
        page.to(2).line(owner.getAsLong() == 0 ? "NOT LOCKED" : "LOCKED");
    }

    // --- stacks of all threads ------------------------------------------------------------------

    private void stacks() {
        Map<List<Long>, List<Seat>> bySites = new LinkedHashMap<>();
        Map<List<Long>, StackTrace> traces = new LinkedHashMap<>();
        for (Seat seat : context.on().seats()) {
            StackTrace trace = context.on().walker().walk(seat.thread());
            List<Long> sites = trace.frames().stream().map(StackFrame::pc).toList();
            bySites.computeIfAbsent(sites, s -> new ArrayList<>()).add(seat);
            traces.putIfAbsent(sites, trace);
        }
        bySites.forEach(
                (sites, seats) -> {
                    for (Seat seat : seats) {
                        page.text(seat.current() ? "." : " ").number(seat.number()).text("  ");
                        page.line(seat.title());
                    }
                    new FrameTable(page, context.architecture(), context.symbolizer())
                            .write(traces.getOrDefault(sites, context.trace()), sites.size());
                    page.blank();
                });
        page.text("Total threads: ").number(context.on().seats().size());
        page.text(", different stacks: ").number(bySites.size()).end();
    }

    private void findStack(String rest) {
        var arguments = new CommandArguments(context, rest);
        String text = arguments.quoted().orElseGet(arguments::word);
        boolean whole = !arguments.isEmpty() && arguments.value() > 0;
        if (text.isEmpty()) {
            throw new ConsoleException("!findstack TEXT [1]");
        }
        int found = 0;
        for (Seat seat : context.on().seats()) {
            StackTrace trace = context.on().walker().walk(seat.thread());
            long fits =
                    trace.frames().stream()
                            .filter(f -> context.symbolizer().locate(f).label().contains(text))
                            .count();
            if (fits > 0) {
                found++;
                page.text("Thread ").rightTo(11, Integer.toString(seat.number()));
                page.text(", ").number(fits).line(fits == 1 ? " frame matches" : " frames match");
                if (whole) {
                    new FrameTable(page, context.architecture(), context.symbolizer())
                            .write(trace, trace.frames().size());
                }
            }
        }
        if (found == 0) {
            throw new ConsoleException("no stack has '" + text + "'");
        }
    }
}
