package oriel.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.app.render.ListedProcess;
import oriel.driver.DriverException;
import oriel.model.LoadedModule;
import oriel.model.Wildcards;
import oriel.win32.DesktopWindow;
import oriel.win32.ProcessEntry;
import oriel.win32.ServiceEntry;
import oriel.win32.TerminalSession;
import oriel.win32.TopLevelWindows;
import oriel.win32.WindowsProcess;
import oriel.win32.WindowsServices;

/** Collects what {@code oriel ps} shows: asks only for what is wanted, and drops what is not. */
final class ProcessListing {
    private final String text;
    private final String user;
    private final String module;
    private final Optional<Integer> session;
    private final boolean modules;
    private final boolean identity;
    private final Map<Long, String> users;
    private final List<DesktopWindow> windows;
    private final List<ServiceEntry> services;

    ProcessListing(Arguments given) {
        boolean all = given.value("--format", "wide").equals("long");
        text = given.value("--search", "").toLowerCase(Locale.ROOT);
        user = given.value("--user", "").toLowerCase(Locale.ROOT);
        module = given.value("--module", "").toLowerCase(Locale.ROOT);
        session = given.has("--session") ? Optional.of(session(given)) : Optional.empty();
        modules = given.has("--modules");
        identity = all || showsUsers(given) || given.has("--json");
        users = identity ? users() : Map.of();
        windows =
                all || given.has("--windows") || !text.isEmpty()
                        ? TopLevelWindows.list()
                        : List.of();
        services = all || given.has("--services") ? WindowsServices.list() : List.of();
    }

    /** Whether users and sessions are to be shown. */
    static boolean showsUsers(Arguments given) {
        return given.has("--users") || given.has("--user") || given.has("--session");
    }

    private static int session(Arguments given) {
        String number = given.value("--session", "");
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw new UsageException("--session: '" + number + "' is no number");
        }
    }

    /** Also of processes that may not be opened; a system that does not tell costs only that. */
    private static Map<Long, String> users() {
        try {
            return TerminalSession.usersOfProcesses();
        } catch (DriverException e) {
            return Map.of();
        }
    }

    /** Those of some processes that are wanted. */
    List<ListedProcess> of(List<ProcessEntry> entries) {
        var shown = new ArrayList<ListedProcess>();
        for (ProcessEntry entry : entries) {
            if (session.isPresent() && session.get() != entry.sessionId()) {
                continue;
            }
            ListedProcess process = look(entry);
            if (isWanted(process)) {
                shown.add(process);
            }
        }
        return shown;
    }

    private ListedProcess look(ProcessEntry entry) {
        ListedProcess process = open(entry);
        Optional<String> known = Optional.ofNullable(users.get(entry.processId()));
        return process.with(process.identity().orUser(known))
                .with(
                        windows.stream()
                                .filter(w -> w.processId() == entry.processId())
                                .filter(w -> !w.text().isEmpty())
                                .map(DesktopWindow::text)
                                .toList(),
                        services.stream()
                                .filter(s -> s.processId() == entry.processId())
                                .map(ServiceEntry::name)
                                .toList());
    }

    /** What an open process tells; only what the system lists when it cannot be opened. */
    private ListedProcess open(ProcessEntry entry) {
        if (entry.processId() == 0) {
            return ListedProcess.of(entry);
        }
        try (WindowsProcess process = WindowsProcess.open(entry.processId())) {
            ListedProcess all =
                    ListedProcess.of(entry, process, modules || !module.isEmpty(), identity);
            return modules || module.isEmpty()
                    ? all
                    : all.withModules(all.modules().stream().filter(this::isWanted).toList());
        } catch (DriverException e) {
            return ListedProcess.of(entry);
        }
    }

    private boolean isWanted(ListedProcess process) {
        return (text.isEmpty() || process.mentions(text))
                && (user.isEmpty() || process.identity().user().filter(this::isUser).isPresent())
                && (module.isEmpty() || process.modules().stream().anyMatch(this::isWanted));
    }

    /** With the domain or without. */
    private boolean isUser(String name) {
        String own = name.toLowerCase(Locale.ROOT);
        return Wildcards.match(user, own)
                || Wildcards.match(user, own.substring(own.indexOf('\\') + 1));
    }

    private boolean isWanted(LoadedModule loaded) {
        return Wildcards.match(module, loaded.name().toLowerCase(Locale.ROOT))
                || Wildcards.match(module, loaded.label().toLowerCase(Locale.ROOT));
    }
}
