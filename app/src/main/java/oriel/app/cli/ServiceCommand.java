package oriel.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.Page;
import oriel.app.render.ServiceTable;
import oriel.win32.ServiceEntry;
import oriel.win32.WindowsServices;

/** {@code oriel service}: lists, starts, stops, pauses and resumes services. */
final class ServiceCommand implements Command {
    private static final int SECONDS = 10;
    private static final List<String> ACTIONS = List.of("start", "stop", "pause", "resume");

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Lists services, or starts, stops, pauses or resumes one and waits until it"
                                + " has.")
                .operand("ACTION", "list, start, stop, pause or resume.")
                .optionalOperand("NAME", "A service; with list, a text to look for.")
                .optionalOperand("ARGUMENT...", "With start: what the service is given.")
                .option(Option.flag("--drivers", "With list: drivers too."))
                .option(Option.flag("--active", "With list: only those that run."))
                .option(Option.value("--timeout", "SECONDS", "How long to wait; 10 unless given."))
                .option(LiveOptions.YES)
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel service list",
                        "oriel service list spool --json",
                        "oriel service start Spooler",
                        "oriel service stop 'Print Spooler' --yes");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.require();
        String action = given.operand(0).toLowerCase(Locale.ROOT);
        List<String> operands = given.operands();
        if (action.equals("list")) {
            return list(given, console, operands.size() > 1 ? operands.get(1) : "");
        }
        if (!ACTIONS.contains(action)) {
            throw new UsageException("'" + action + "' is no action of service");
        }
        if (operands.size() < 2) {
            throw new UsageException("service " + action + ": the name of a service is missing");
        }
        String name = operands.get(1);
        Duration timeout = Duration.ofSeconds(given.count("--timeout", SECONDS, 86_400));
        boolean asJson = given.has("--json");
        Consumer<ServiceEntry.State> progress =
                state -> {
                    if (!asJson) {
                        console.out().println(name + ": " + ServiceTable.words(state));
                        console.out().flush();
                    }
                };
        if (action.equals("stop") || action.equals("pause")) {
            String verb = action.equals("stop") ? "Stop" : "Pause";
            LiveOptions.confirm(verb + " the service " + name + "?", given, console);
        }
        ServiceEntry now =
                switch (action) {
                    case "start" ->
                            WindowsServices.start(
                                    name, operands.subList(2, operands.size()), timeout, progress);
                    case "stop" -> WindowsServices.stop(name, timeout, progress);
                    case "pause" -> WindowsServices.pause(name, timeout, progress);
                    default -> WindowsServices.resume(name, timeout, progress);
                };
        if (asJson) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.services(json, List.of(now));
            }
        }
        return ExitCode.FOUND;
    }

    private static int list(Arguments given, Console console, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<ServiceEntry> all =
                given.has("--drivers") ? WindowsServices.listWithDrivers() : WindowsServices.list();
        List<ServiceEntry> shown =
                all.stream()
                        .filter(s -> !given.has("--active") || s.processId() != 0)
                        .filter(
                                s ->
                                        s.name().toLowerCase(Locale.ROOT).contains(wanted)
                                                || s.displayName()
                                                        .toLowerCase(Locale.ROOT)
                                                        .contains(wanted))
                        .toList();
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.services(json, shown);
            }
        } else {
            Page page = TargetInput.page(given, console);
            ServiceTable.write(page, shown);
            page.flush();
        }
        return shown.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
