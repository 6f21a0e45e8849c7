package oriel.app.render;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.driver.DriverException;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.win32.ProcessEntry;
import oriel.win32.WindowsProcess;

/**
 * A process as it is listed.
 *
 * @param entry what the system lists
 * @param architecture of the program; empty when the process cannot be opened
 * @param path of the program, or its name when nobody tells
 * @param commandLine empty when it cannot be read
 * @param held whether all its threads are held
 * @param identity whose it is, when that was asked for
 * @param modules when they were asked for
 * @param windows titles of its top-level windows
 * @param services names of the services it runs
 */
public record ListedProcess(
        ProcessEntry entry,
        Optional<Architecture> architecture,
        String path,
        Optional<String> commandLine,
        boolean held,
        ListedIdentity identity,
        List<LoadedModule> modules,
        List<String> windows,
        List<String> services) {
    /** Copies the lists. */
    public ListedProcess {
        modules = List.copyOf(modules);
        windows = List.copyOf(windows);
        services = List.copyOf(services);
    }

    /** What the system tells without opening it. */
    public static ListedProcess of(ProcessEntry entry) {
        return new ListedProcess(
                entry,
                Optional.empty(),
                entry.imagePath().orElse(entry.name()),
                Optional.empty(),
                false,
                ListedIdentity.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * What an open process tells, as far as it lets itself be asked.
     *
     * @param modules whether to list its modules
     * @param identity whether to ask whose it is
     */
    public static ListedProcess of(
            ProcessEntry entry, WindowsProcess process, boolean modules, boolean identity) {
        String path = entry.name();
        Optional<String> commandLine = Optional.empty();
        List<LoadedModule> loaded = List.of();
        try {
            path = process.imagePath();
            commandLine = process.block().commandLine();
            loaded = modules ? process.modules() : List.of();
        } catch (DriverException e) {
            // It may be read only in part, or ended meanwhile: what is known is shown.
        }
        return new ListedProcess(
                entry,
                Optional.of(process.architecture()),
                path,
                commandLine,
                process.isHeld(entry.threads()),
                identity ? ListedIdentity.of(process) : ListedIdentity.NONE,
                loaded,
                List.of(),
                List.of());
    }

    /** The same with windows and services. */
    public ListedProcess with(List<String> titles, List<String> served) {
        return new ListedProcess(
                entry, architecture, path, commandLine, held, identity, modules, titles, served);
    }

    /** The same with only some modules. */
    public ListedProcess withModules(List<LoadedModule> some) {
        return new ListedProcess(
                entry, architecture, path, commandLine, held, identity, some, windows, services);
    }

    /** The same with another identity. */
    public ListedProcess with(ListedIdentity other) {
        return new ListedProcess(
                entry, architecture, path, commandLine, held, other, modules, windows, services);
    }

    /** Whether path or titles hold a text, in lower case. */
    public boolean mentions(String text) {
        return path.toLowerCase(Locale.ROOT).contains(text)
                || windows.stream().anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(text));
    }
}
