package oriel.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import oriel.win32.ProcessEntry;

/**
 * Which file the dump of each process goes to: one that is named, one for each in a folder, or one
 * for each by a name in which {@code {name}} and {@code {id}} stand for those of the process.
 */
final class DumpFiles {
    private static final String NAME = "{name}";
    private static final String ID = "{id}";
    private static final String IN_FOLDER = NAME + "-" + ID + ".dmp";

    /** What no name of a file has on Windows. */
    private static final String FORBIDDEN = "<>:\"/\\|?*";

    private DumpFiles() {}

    /**
     * The files as the user would name them, each of one process alone.
     *
     * @throws UsageException when several processes would have the same
     */
    static Map<ProcessEntry, String> of(String wanted, List<ProcessEntry> processes) {
        boolean ends = wanted.endsWith("/") || wanted.endsWith(File.separator);
        boolean folder = ends || Files.isDirectory(TargetInput.path(wanted));
        String pattern = folder ? wanted + (ends ? "" : "/") + IN_FOLDER : wanted;
        Map<ProcessEntry, String> files = new LinkedHashMap<>();
        Map<String, ProcessEntry> owners = new HashMap<>();
        for (ProcessEntry process : processes) {
            String file =
                    pattern.replace(ID, Long.toString(process.processId()))
                            .replace(NAME, plain(process.name()));
            // Names of files are the same in any case on Windows.
            ProcessEntry other = owners.put(file.toLowerCase(Locale.ROOT), process);
            if (other != null) {
                throw new UsageException(
                        "the dumps of "
                                + RunningProcesses.names(List.of(other, process))
                                + " cannot both be "
                                + file
                                + ": name a folder, or a file with {id} in it");
            }
            files.put(process, file);
        }
        return files;
    }

    /** The name of a program without its ending, fit to be part of the name of a file. */
    private static String plain(String name) {
        boolean program = name.toLowerCase(Locale.ROOT).endsWith(".exe");
        var plain = new StringBuilder(program ? name.substring(0, name.length() - 4) : name);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < ' ' || FORBIDDEN.indexOf(c) >= 0) {
                plain.setCharAt(i, '_');
            }
        }
        return plain.toString();
    }

    /** Those that are there already. */
    static List<String> existing(Map<ProcessEntry, String> files) {
        var existing = new ArrayList<String>();
        for (String file : files.values()) {
            if (Files.exists(TargetInput.path(file))) {
                existing.add(file);
            }
        }
        return existing;
    }

    /** Makes the folder of a file that was named by a pattern. */
    static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}
