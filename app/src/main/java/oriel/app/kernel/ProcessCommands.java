package oriel.app.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.HelpEntry;
import oriel.app.render.CommandJson;
import oriel.app.render.FrameTable;
import oriel.app.render.KernelJson;
import oriel.app.render.ModuleTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.KernelThread;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.StackTrace;
import oriel.model.TargetThread;

/** The commands about processes, threads and drivers. */
final class ProcessCommands implements CommandGroup {
    private static final int THREADS = 2;
    private static final int STACKS = 4;
    private static final int FRAMES = 50;

    private final KernelView view;
    private final ConsoleOutput output;
    private final ConsoleContext context;
    private final Page page;

    ProcessCommands(KernelView view, ConsoleOutput output, ConsoleContext context) {
        this.view = view;
        this.output = output;
        this.context = context;
        this.page = output.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("!process [0|ADDRESS|ID [FLAGS [NAME]]]", "processes"),
                new HelpEntry("!thread [ADDRESS], !running, !threads", "threads"),
                new HelpEntry(
                        ".process [ADDRESS|ID], .thread [ADDRESS]", "whose memory, whose stack"),
                new HelpEntry("!drivers", "drivers"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "!process" -> process(command);
            case "!thread" -> thread(command.rest());
            case "!threads" -> running();
            case "!running" -> running();
            case "!drivers" -> drivers();
            case ".process" -> showProcess(command);
            case ".thread" -> showThread(command.rest());
            default -> {
                return false;
            }
        }
        return true;
    }

    private String address(long va) {
        return KernelText.address(va, view.target().architecture());
    }

    // Drivers

    private void drivers() {
        Architecture architecture = view.target().architecture();
        List<LoadedModule> drivers = view.drivers();
        var table = new ModuleTable(page, architecture);
        table.header();
        long bytes = 0;
        for (LoadedModule driver : drivers) {
            table.row(driver, List.of());
            bytes += driver.range().sizeBytes();
        }
        page.line(drivers.size() + " drivers, " + bytes / 1024 + " KB");
        output.fact(CommandJson.modules(drivers));
        if (drivers.isEmpty()) {
            problems();
        }
    }

    // Processes

    private void process(CommandLine command) {
        List<String> words = command.words();
        String which = words.isEmpty() ? "-1" : words.get(0);
        int flags =
                words.size() > 1 ? (int) context.expressions().value(words.get(1)) : THREADS | 1;
        Kernel kernel = view.kernel();
        if (which.equals("0")) {
            String name = words.size() > 2 ? words.get(2).toLowerCase(Locale.ROOT) : "";
            if (words.size() == 1) {
                flags = 0;
            }
            all(kernel, flags, name);
            return;
        }
        KernelProcess process =
                which.equals("-1")
                        ? view.currentProcess()
                                .orElseThrow(() -> new ConsoleException("the process is not known"))
                        : find(kernel, which);
        output.fact(KernelJson.processes(List.of(process)));
        show(kernel, process, flags);
    }

    private void all(Kernel kernel, int flags, String name) {
        var shown = new ArrayList<KernelProcess>();
        for (KernelProcess process : kernel.processes()) {
            if (name.isEmpty() || process.name().toLowerCase(Locale.ROOT).equals(name)) {
                shown.add(process);
                show(kernel, process, flags);
            }
        }
        output.fact(KernelJson.processes(shown));
        if (shown.isEmpty() && name.isEmpty()) {
            problems();
            throw new ConsoleException(
                    "the processes cannot be listed; symbols of the kernel would tell where they"
                            + " are (--symbols)");
        }
        if (shown.isEmpty()) {
            throw new ConsoleException("there is no process '" + name + "'");
        }
    }

    /** By address of its EPROCESS, or by id. */
    private KernelProcess find(Kernel kernel, String text) {
        long value = context.expressions().address(text);
        for (KernelProcess process : kernel.processes()) {
            if (process.va() == value || process.processId() == value) {
                return process;
            }
        }
        boolean isKernel = view.target().architecture().is64Bit() ? value < 0 : value >>> 31 == 1;
        if (!isKernel) {
            throw new ConsoleException("there is no process " + text);
        }
        return kernel.process(value);
    }

    private void show(Kernel kernel, KernelProcess process, int flags) {
        page.styled(Style.TITLE, "PROCESS " + address(process.va())).end();
        page.to(4).text("Cid: ").text(String.format(Locale.ROOT, "%04x", process.processId()));
        page.text("  Peb: ").text(address(process.pebVa().orElse(0)));
        process.parentId()
                .ifPresent(
                        id ->
                                page.text("  ParentCid: ")
                                        .text(String.format(Locale.ROOT, "%04x", id)));
        page.end();
        page.to(4).text("DirBase: ").text(address(process.directoryTableBase()));
        page.text("  Image: ").styled(Style.NAME, process.name());
        process.created().ifPresent(t -> page.text("  Created: ").text(t.toString()));
        page.end();
        if ((flags & (THREADS | STACKS)) != 0) {
            for (KernelThread thread : kernel.threads(process)) {
                show(thread, (flags & STACKS) != 0);
            }
        }
        page.blank();
    }

    private void problems() {
        for (Diagnostic problem : view.kernel().diagnostics()) {
            page.styled(Style.WARN, problem.subject() + ": " + problem.problem()).end();
        }
    }

    // Threads

    private void thread(String rest) {
        Kernel kernel = view.kernel();
        long va = rest.isEmpty() ? view.stop().threadVa() : context.expressions().address(rest);
        KernelThread thread = kernel.thread(va);
        output.fact(KernelJson.threads(List.of(thread)));
        show(thread, true);
    }

    private void show(KernelThread thread, boolean stack) {
        page.to(4).styled(Style.TITLE, "THREAD " + address(thread.va()));
        page.text(
                String.format(
                        Locale.ROOT,
                        "  Cid %04x.%04x",
                        thread.ref().processId(),
                        thread.ref().threadId()));
        page.text("  Teb: ").text(address(thread.tebVa().orElse(0)));
        page.text("  ").text(thread.stateText().orElse(""));
        thread.processor().ifPresent(n -> page.text(" on processor ").number(n));
        page.end();
        if (thread.startVa().isPresent()) {
            page.to(8).text("started at ");
            page.styled(Style.NAME, view.symbolizer().locate(thread.startVa().getAsLong()).label());
            page.end();
        }
        if (stack) {
            TargetThread live = view.live(thread);
            StackTrace trace = view.walker().walk(live);
            new FrameTable(page, view.target().architecture(), view.symbolizer())
                    .write(trace, FRAMES);
            page.blank();
        }
    }

    private void running() {
        List<KernelThread> threads = view.kernel().currentThreads();
        output.fact(KernelJson.threads(threads));
        threads.forEach(t -> show(t, false));
        if (threads.isEmpty()) {
            problems();
            throw new ConsoleException("the processors' threads are not known");
        }
    }

    // Contexts

    private void showProcess(CommandLine command) {
        List<String> words = command.words().stream().filter(w -> !w.startsWith("/")).toList();
        if (words.isEmpty()) {
            Optional<KernelProcess> process = view.currentProcess();
            if (command.words().isEmpty() && process.isPresent()) {
                page.text("Implicit process is ").text(address(process.get().va()));
                page.text(" ").styled(Style.NAME, process.get().name()).end();
            } else {
                view.showCurrentProcess();
            }
            return;
        }
        if (words.get(0).equals("0")) {
            view.showCurrentProcess();
            page.line("Implicit process is the one that runs");
            return;
        }
        KernelProcess process = find(view.kernel(), words.get(0));
        view.showProcess(process);
        page.text("Implicit process is now ").text(address(process.va()));
        page.text(" ").styled(Style.NAME, process.name()).end();
    }

    private void showThread(String rest) {
        if (rest.isEmpty() || rest.equals("0")) {
            view.showCurrentThread();
            page.line("Implicit thread is the one that stopped");
            return;
        }
        KernelThread thread = view.kernel().thread(context.expressions().address(rest));
        view.showThread(view.live(thread));
        context.reset();
        page.text("Implicit thread is now ").line(address(thread.va()));
    }
}
