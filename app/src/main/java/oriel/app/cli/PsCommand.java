package oriel.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.ListedProcess;
import oriel.app.render.Page;
import oriel.app.render.RunningTable;
import oriel.driver.DriverException;
import oriel.win32.DesktopWindow;
import oriel.win32.ProcessEntry;
import oriel.win32.ServiceEntry;
import oriel.win32.SystemSnapshot;
import oriel.win32.TopLevelWindows;
import oriel.win32.WindowsProcess;
import oriel.win32.WindowsServices;

/** {@code oriel ps}: the processes that run. */
final class PsCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Lists processes, or those of some name.")
                .optionalOperand("PROCESS...", RunningProcesses.HELP)
                .option(
                        Option.value(
                                        "--format",
                                        "FORM",
                                        "wide (a line each) or long (a block each).")
                                .oneOf("wide", "long"))
                .option(
                        Option.flag("--full-path", "Whole paths instead of file names.")
                                .withShortName("-f"))
                .option(Option.flag("--windows", "Their top-level windows.").withShortName("-w"))
                .option(Option.flag("--services", "The services they run.").withShortName("-d"))
                .option(Option.flag("--modules", "Their modules.").withShortName("-m"))
                .option(
                        Option.value("--search", "TEXT", "Only with the text in path or title.")
                                .withShortName("-s"))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel ps",
                        "oriel ps 'note*' --format long",
                        "oriel ps --windows --search editor",
                        "oriel ps --json --modules");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.require();
        List<ListedProcess> shown = collect(given);
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.processes(json, shown);
            }
        } else {
            Page page = TargetInput.page(given, console);
            boolean full = given.has("--full-path");
            if (given.value("--format", "wide").equals("long")) {
                shown.forEach(process -> RunningTable.block(page, process));
            } else {
                var table = new RunningTable(page, full);
                table.header();
                shown.forEach(table::row);
            }
            page.flush();
        }
        return shown.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private static List<ListedProcess> collect(Arguments given) {
        List<ProcessEntry> entries =
                given.operands().isEmpty()
                        ? SystemSnapshot.take().processes()
                        : RunningProcesses.all(given.operands());
        boolean all = given.value("--format", "wide").equals("long");
        String wanted = given.value("--search", "").toLowerCase(Locale.ROOT);
        boolean windows = all || given.has("--windows") || !wanted.isEmpty();
        var services =
                all || given.has("--services") ? WindowsServices.list() : List.<ServiceEntry>of();
        var titles = windows ? TopLevelWindows.list() : List.<DesktopWindow>of();
        var shown = new ArrayList<ListedProcess>();
        for (ProcessEntry entry : entries) {
            ListedProcess process =
                    look(entry, given.has("--modules"))
                            .with(
                                    titles.stream()
                                            .filter(w -> w.processId() == entry.processId())
                                            .filter(w -> !w.text().isEmpty())
                                            .map(w -> w.text())
                                            .toList(),
                                    services.stream()
                                            .filter(s -> s.processId() == entry.processId())
                                            .map(s -> s.name())
                                            .toList());
            if (wanted.isEmpty() || process.mentions(wanted)) {
                shown.add(process);
            }
        }
        return shown;
    }

    /** What an open process tells; only what the system lists when it cannot be opened. */
    private static ListedProcess look(ProcessEntry entry, boolean modules) {
        if (entry.processId() == 0) {
            return ListedProcess.of(entry);
        }
        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
            return ListedProcess.of(entry, process, modules);
        } catch (DriverException e) {
            return ListedProcess.of(entry);
        }
    }
}
