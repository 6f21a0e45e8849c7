package oriel.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All commands by name. Makes only those that are asked for. */
final class CommandTable {
    /** In the order in which help lists them. */
    static final List<String> NAMES =
            List.of(
                    "analyze",
                    "info",
                    "modules",
                    "processes",
                    "threads",
                    "stack",
                    "memory",
                    "read",
                    "disassemble",
                    "search",
                    "symbols",
                    "streams",
                    "debug",
                    "hook",
                    "trace",
                    "coverage",
                    "kernel",
                    "relay",
                    "ps",
                    "map",
                    "dump",
                    "find",
                    "strings",
                    "write",
                    "inject",
                    "suspend",
                    "resume",
                    "kill",
                    "spawn",
                    "windows",
                    "service",
                    "registry",
                    "hexdump",
                    "completion");

    private CommandTable() {}

    /** A command by name, or null. */
    static @Nullable Command find(String name) {
        return switch (name) {
            case "analyze" -> new AnalyzeCommand();
            case "info" -> new InfoCommand();
            case "modules" -> new ModulesCommand();
            case "processes" -> new ProcessesCommand();
            case "threads" -> new ThreadsCommand();
            case "stack" -> new StackCommand();
            case "memory" -> new MemoryCommand();
            case "read" -> new ReadCommand();
            case "disassemble" -> new DisassembleCommand();
            case "search" -> new SearchCommand();
            case "symbols" -> new SymbolsCommand();
            case "streams" -> new StreamsCommand();
            case "debug" -> new DebugCommand();
            case "hook" -> new HookCommand();
            case "trace" -> new TraceCommand();
            case "coverage" -> new CoverageCommand();
            case "kernel" -> new KernelCommand();
            case "relay" -> new RelayCommand();
            case "ps" -> new PsCommand();
            case "map" -> new MapCommand();
            case "dump" -> new DumpCommand();
            case "find" -> new FindCommand();
            case "strings" -> new StringsCommand();
            case "write" -> new WriteCommand();
            case "inject" -> new InjectCommand();
            case "suspend" -> new SuspendCommand();
            case "resume" -> new ResumeCommand();
            case "kill" -> new KillCommand();
            case "spawn" -> new SpawnCommand();
            case "windows" -> new WindowsCommand();
            case "service" -> new ServiceCommand();
            case "registry" -> new RegistryCommand();
            case "hexdump" -> new HexdumpCommand();
            case "completion" -> new CompletionCommand();
            default -> null;
        };
    }

    /** The command whose name is nearest to a mistyped one; empty text when none is near. */
    static String closest(String typed) {
        String best = "";
        int bestDistance = 3;
        for (String name : NAMES) {
            int distance = name.startsWith(typed) ? 1 : distance(typed, name);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = name;
            }
        }
        return best;
    }

    /** Insertions, removals and replacements of characters between two words. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
