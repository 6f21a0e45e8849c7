package oriel.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;
import oriel.model.SystemInfo.Platform;
import oriel.model.Target;
import oriel.triage.report.ModuleEntry;
import oriel.triage.report.ModuleEntry.Mark;

/** Lists the modules of a target and marks those that look odd. */
final class ModuleMarks {
    /** Names that only Windows itself should use; their place is below the Windows folder. */
    private static final Set<String> SYSTEM_NAMES =
            Set.of(
                    "ntdll.dll",
                    "kernel32.dll",
                    "kernelbase.dll",
                    "user32.dll",
                    "gdi32.dll",
                    "advapi32.dll",
                    "rpcrt4.dll",
                    "sechost.dll",
                    "ws2_32.dll",
                    "win32u.dll",
                    "wow64.dll",
                    "wow64cpu.dll",
                    "wow64win.dll",
                    "shell32.dll",
                    "combase.dll");

    private static final List<String> KNOWN_FOLDERS =
            List.of(
                    "\\systemroot\\",
                    "\\windows\\",
                    "\\program files\\",
                    "\\program files (x86)\\",
                    "\\winnt\\");

    private final Target target;
    private final Optional<LoadedModule> main;
    private final String mainFolder;

    /** The rules on versions and folders are of Windows. */
    private final boolean windows;

    /** A kernel's list tells no versions at all, and their absence says nothing. */
    private final boolean tellsVersions;

    ModuleMarks(Target target) {
        this.target = target;
        this.main = mainModule(target);
        Platform platform = target.system().platform();
        this.windows = platform == Platform.WINDOWS || platform == Platform.UNKNOWN;
        this.tellsVersions = target.modules().stream().anyMatch(m -> m.version().isPresent());
        this.mainFolder = main.map(m -> folder(normal(m.path()))).orElse("");
    }

    /** The program itself: by the image path of the process, else the first module. */
    static Optional<LoadedModule> mainModule(Target target) {
        String path = target.process().imagePath();
        if (!path.isEmpty()) {
            String name = LoadedModule.baseName(path);
            for (LoadedModule module : target.modules()) {
                if (module.path().equalsIgnoreCase(path) || module.name().equalsIgnoreCase(name)) {
                    return Optional.of(module);
                }
            }
        }
        return target.modules().isEmpty() ? Optional.empty() : Optional.of(target.modules().get(0));
    }

    /** All modules in the target's order; {@code names} tells where names came from. */
    List<ModuleEntry> entries(Names names) {
        List<LoadedModule> modules = target.modules();
        boolean[] overlapping = overlapping(modules);
        var entries = new ArrayList<ModuleEntry>(modules.size());
        for (int i = 0; i < modules.size(); i++) {
            LoadedModule module = modules.get(i);
            boolean isMain = main.isPresent() && main.get().equals(module);
            List<Mark> marks = marks(module, isMain, overlapping[i]);
            entries.add(new ModuleEntry(module, isMain, marks, names.origins(module)));
        }
        return entries;
    }

    private List<Mark> marks(LoadedModule module, boolean isMain, boolean overlapping) {
        var marks = new ArrayList<Mark>(2);
        if (overlapping) {
            marks.add(Mark.OVERLAPPING);
        }
        if (!windows) {
            return marks;
        }
        String path = normal(module.path());
        if (path.isEmpty()) {
            marks.add(Mark.NO_NAME);
        }
        if (tellsVersions && module.version().isEmpty() && !isMain) {
            marks.add(Mark.NO_VERSION);
        }
        boolean absolute = path.indexOf('\\') >= 0;
        if (absolute && SYSTEM_NAMES.contains(LoadedModule.baseName(path))) {
            if (!path.contains("\\windows\\") && !path.contains("\\winnt\\")) {
                marks.add(Mark.SYSTEM_NAME_ELSEWHERE);
            }
        } else if (absolute && !isMain && !known(path)) {
            marks.add(Mark.OUTSIDE_KNOWN_FOLDERS);
        }
        if (isLikeSystemName(LoadedModule.baseName(path))) {
            marks.add(Mark.LIKE_SYSTEM_NAME);
        }
        return marks;
    }

    /** With one other character, as {@code ntd1l.dll} is like {@code ntdll.dll}. */
    private static boolean isLikeSystemName(String name) {
        for (String system : SYSTEM_NAMES) {
            int different = 0;
            for (int i = 0; i < system.length() && system.length() == name.length(); i++) {
                different += system.charAt(i) == name.charAt(i) ? 0 : 1;
            }
            if (different == 1) {
                return true;
            }
        }
        return false;
    }

    private boolean known(String path) {
        if (!mainFolder.isEmpty() && path.startsWith(mainFolder)) {
            return true;
        }
        for (String folder : KNOWN_FOLDERS) {
            if (path.contains(folder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean[] overlapping(List<LoadedModule> modules) {
        var overlapping = new boolean[modules.size()];
        var order = new ArrayList<Integer>(modules.size());
        for (int i = 0; i < modules.size(); i++) {
            order.add(i);
        }
        order.sort((a, b) -> modules.get(a).range().compareTo(modules.get(b).range()));
        int widest = -1;
        for (int i : order) {
            AddressRange range = modules.get(i).range();
            if (widest >= 0 && modules.get(widest).range().overlaps(range)) {
                overlapping[widest] = true;
                overlapping[i] = true;
            }
            if (widest < 0 || last(range) > last(modules.get(widest).range())) {
                widest = i;
            }
        }
        return overlapping;
    }

    /** The last address, shifted so that signed comparison orders it. */
    private static long last(AddressRange range) {
        return (range.isEmpty() ? range.start() : range.end() - 1) + Long.MIN_VALUE;
    }

    private static String normal(String path) {
        return path.toLowerCase(Locale.ROOT).replace('/', '\\');
    }

    private static String folder(String path) {
        int cut = path.lastIndexOf('\\');
        return cut < 0 ? "" : path.substring(0, cut + 1);
    }
}
