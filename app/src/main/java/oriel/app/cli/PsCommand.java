package oriel.app.cli;

import java.io.IOException;
import java.util.List;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.ListedProcess;
import oriel.app.render.Page;
import oriel.app.render.RunningTable;
import oriel.win32.SystemSnapshot;

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
                .option(Option.flag("--users", "Their sessions and users.").withShortName("-u"))
                .option(
                        Option.value(
                                "--user",
                                "NAME",
                                "Only those of a user, with the domain or without; * and ? as"
                                        + " above."))
                .option(Option.value("--session", "NUMBER", "Only those of a session."))
                .option(
                        Option.value(
                                "--module",
                                "NAME",
                                "Only those that have a module loaded; * and ? as above."))
                .option(
                        Option.value("--search", "TEXT", "Only with the text in path or title.")
                                .withShortName("-s"))
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel ps",
                        "oriel ps 'note*' --format long",
                        "oriel ps --windows --search editor",
                        "oriel ps --module 'opengl*'",
                        "oriel ps --users --session 1",
                        "oriel ps --json --modules");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.requireToOpenProcesses();
        List<ListedProcess> shown =
                new ProcessListing(given)
                        .of(
                                given.operands().isEmpty()
                                        ? SystemSnapshot.take().processes()
                                        : RunningProcesses.all(given.operands()));
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
                var table = new RunningTable(page, full, ProcessListing.showsUsers(given));
                table.header();
                shown.forEach(table::row);
            }
            page.flush();
        }
        return shown.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
