package oriel.engine.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import oriel.model.Architecture;

/** The table of offsets by build that lies beside this class. */
final class BuildTable {
    private static final String RESOURCE = "layouts.txt";

    private BuildTable() {}

    /** The row of a build; empty when the table has none. */
    static Map<KernelField, Integer> row(Architecture architecture, int build) {
        try (InputStream in = BuildTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            for (String line : text.split("\n")) {
                String[] words = line.split(" ");
                if (line.startsWith("#") || !words[0].equals(architecture.name())) {
                    continue;
                }
                if (build >= Integer.parseInt(words[1]) && build <= Integer.parseInt(words[2])) {
                    return offsets(words);
                }
            }
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<KernelField, Integer> offsets(String[] words) {
        var row = new EnumMap<KernelField, Integer>(KernelField.class);
        for (int i = 3; i < words.length; i++) {
            int cut = words[i].indexOf('=');
            row.put(
                    field(words[i].substring(0, cut)),
                    Integer.parseInt(words[i], cut + 1, words[i].length(), 16));
        }
        return row;
    }

    private static KernelField field(String name) {
        return switch (name) {
            case "pid" -> KernelField.PROCESS_ID;
            case "links" -> KernelField.PROCESS_LINKS;
            case "name" -> KernelField.PROCESS_NAME;
            case "created" -> KernelField.PROCESS_CREATED;
            case "threads" -> KernelField.PROCESS_THREADS;
            case "entry" -> KernelField.THREAD_LINKS;
            case "cid" -> KernelField.THREAD_ID;
            case "start" -> KernelField.THREAD_START;
            case "win32" -> KernelField.THREAD_WIN32_START;
            default -> throw new IllegalStateException(RESOURCE + ": " + name);
        };
    }
}
