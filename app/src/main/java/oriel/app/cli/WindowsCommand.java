package oriel.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import oriel.app.render.JsonLive;
import oriel.app.render.JsonPage;
import oriel.app.render.Page;
import oriel.app.render.WindowTable;
import oriel.win32.DesktopWindow;
import oriel.win32.ProcessEntry;
import oriel.win32.TopLevelWindows;
import oriel.win32.WindowArea;

/** {@code oriel windows}: lists windows, and does to them what a person could. */
final class WindowsCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Lists the windows of processes, or changes one.",
                        "Actions on a window: show, hide, maximize, minimize, restore, enable, disable,"
                                + " close, move X Y WIDTH HEIGHT, text NEW, send MESSAGE [W [L]],"
                                + " post MESSAGE [W [L]].")
                .optionalOperand(
                        "ACTION...",
                        "list or tree with names of processes, find with a title, or an action and a"
                                + " window.")
                .option(Option.flag("--all", "Hidden windows too."))
                .option(Option.value("--class", "NAME", "Only windows of a class."))
                .option(LiveOptions.YES)
                .option(LiveOptions.JSON)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel windows",
                        "oriel windows tree notepad",
                        "oriel windows find 'Untitled - Notepad'",
                        "oriel windows text 0x1004a Hello",
                        "oriel windows close 0x1004a --yes");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        WindowsOnly.require();
        List<String> operands = given.operands();
        String action = operands.isEmpty() ? "list" : operands.get(0).toLowerCase(Locale.ROOT);
        List<String> rest = operands.isEmpty() ? operands : operands.subList(1, operands.size());
        return switch (action) {
            case "list", "tree" -> show(chosen(given, rest), action.equals("tree"), given, console);
            case "find" ->
                    show(
                            TopLevelWindows.find(given.value("--class", ""), String.join(" ", rest))
                                    .stream()
                                    .toList(),
                            false,
                            given,
                            console);
            default -> change(action, rest, given, console);
        };
    }

    private static List<DesktopWindow> chosen(Arguments given, List<String> names) {
        Set<Long> ids =
                names.isEmpty()
                        ? Set.of()
                        : RunningProcesses.all(names).stream()
                                .map(ProcessEntry::processId)
                                .collect(Collectors.toSet());
        return TopLevelWindows.list().stream()
                .filter(w -> ids.isEmpty() || ids.contains(w.processId()))
                .filter(w -> given.has("--all") || w.isVisible())
                .filter(
                        w ->
                                !given.has("--class")
                                        || w.className()
                                                .equalsIgnoreCase(given.value("--class", "")))
                .toList();
    }

    private static int show(
            List<DesktopWindow> windows, boolean tree, Arguments given, Console console) {
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonLive.windows(json, windows, tree);
            }
        } else {
            Page page = TargetInput.page(given, console);
            new WindowTable(page).write(windows, tree);
            page.flush();
        }
        return windows.isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }

    private static int change(String action, List<String> rest, Arguments given, Console console)
            throws IOException {
        if (rest.isEmpty()) {
            throw new UsageException("windows " + action + ": which window?");
        }
        var window = new DesktopWindow(number(rest, 0));
        switch (action) {
            case "show" -> window.show(DesktopWindow.Showing.SHOWN);
            case "hide" -> window.show(DesktopWindow.Showing.HIDDEN);
            case "maximize" -> window.show(DesktopWindow.Showing.MAXIMIZED);
            case "minimize" -> window.show(DesktopWindow.Showing.MINIMIZED);
            case "restore" -> window.show(DesktopWindow.Showing.RESTORED);
            case "enable" -> window.enable(true);
            case "disable" -> window.enable(false);
            case "close" -> {
                LiveOptions.confirm("Close '" + window.text() + "'?", given, console);
                window.close();
            }
            case "move" ->
                    window.move(
                            new WindowArea(
                                    (int) number(rest, 1),
                                    (int) number(rest, 2),
                                    (int) number(rest, 3),
                                    (int) number(rest, 4)));
            case "text" -> window.text(String.join(" ", rest.subList(1, rest.size())));
            case "send" -> {
                OptionalLong answer =
                        window.send(
                                (int) number(rest, 1),
                                rest.size() > 2 ? number(rest, 2) : 0,
                                rest.size() > 3 ? number(rest, 3) : 0,
                                PATIENCE);
                if (answer.isEmpty()) {
                    console.err().println("oriel: the window does not answer");
                    return ExitCode.NOTHING;
                }
                console.out().println("0x" + Long.toHexString(answer.getAsLong()));
            }
            case "post" ->
                    window.post(
                            (int) number(rest, 1),
                            rest.size() > 2 ? number(rest, 2) : 0,
                            rest.size() > 3 ? number(rest, 3) : 0);
            default -> throw new UsageException("'" + action + "' is no action of windows");
        }
        return ExitCode.FOUND;
    }

    private static long number(List<String> words, int index) {
        try {
            return Long.decode(words.get(index));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new UsageException(
                    index < words.size()
                            ? "'" + words.get(index) + "' is no number"
                            : "a number is missing");
        }
    }
}
