package oriel.app.kernel;

import java.util.List;
import java.util.Optional;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.ConsoleOutput;
import oriel.app.console.HelpEntry;
import oriel.app.render.KernelJson;
import oriel.app.render.Page;
import oriel.engine.kernel.DebuggerData;
import oriel.engine.kernel.Kernel;
import oriel.kd.KdStop;
import oriel.kd.packet.LinkStatistics;

/** The commands about the system as a whole and about the line to it. */
final class StateCommands implements CommandGroup {
    private final KernelView view;
    private final ConsoleOutput output;
    private final Page page;

    StateCommands(KernelView view, ConsoleOutput output) {
        this.view = view;
        this.output = output;
        this.page = output.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("version, vertarget, .time, .bugcheck, !kdbg", "the system"),
                new HelpEntry("!dbgprint", "what it printed for debuggers"),
                new HelpEntry("!line", "what went over the line"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "version", "vertarget" -> version();
            case ".bugcheck" -> bugCheck();
            case ".time" -> time(view.kernel());
            case "!dbgprint" -> prints();
            case "!kdbg" -> tables();
            case "!line" -> line();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void version() {
        KdStop stop = view.stop();
        page.line(KernelText.banner(stop));
        page.line(KernelText.details(stop));
        Kernel kernel = view.kernel();
        kernel.buildLab().ifPresent(lab -> page.text("Built by: ").line(lab));
        kernel.version().ifPresent(v -> page.text("Version: ").line(v));
        time(kernel);
        tables();
        output.fact(KernelJson.banner(stop));
    }

    private void time(Kernel kernel) {
        kernel.time().ifPresent(t -> page.text("System time: ").line(t.toString()));
        kernel.uptime()
                .ifPresent(u -> page.text("System uptime: ").line(u.toString().substring(2)));
    }

    private void tables() {
        Kernel kernel = view.kernel();
        Optional<DebuggerData> data = kernel.debuggerData();
        if (data.isPresent()) {
            page.text("Debugger data block at ");
            page.text(KernelText.address(data.get().va(), view.target().architecture()));
            page.text(", ").hex(data.get().sizeBytes(), 1).text(" bytes, ");
            page.line(data.get().form().text());
        }
        kernel.diagnostics().forEach(d -> page.text(d.subject()).text(": ").line(d.problem()));
    }

    private void bugCheck() {
        List<Long> data = view.kernel().bugCheckData();
        if (data.isEmpty()) {
            page.line("no bug check");
            return;
        }
        page.text("Bug check ").hex(data.get(0), 1).text(":");
        for (long parameter : data.subList(1, data.size())) {
            page.text(" ").text(KernelText.address(parameter, view.target().architecture()));
        }
        page.end();
    }

    private void prints() {
        String all =
                view.kernel()
                        .debugPrints()
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "the buffer of debug prints is not known"));
        all.lines().forEach(page::line);
    }

    private void line() {
        LinkStatistics seen = view.session().connection().statistics();
        page.text(view.session().connection().transport().name()).text(": ");
        page.number(seen.bytes()).text(" bytes, ").number(seen.packets()).text(" packets, ");
        page.number(seen.damaged()).text(" damaged, ").number(seen.duplicates()).text(" twice, ");
        page.number(seen.resent()).line(" sent again");
    }
}
