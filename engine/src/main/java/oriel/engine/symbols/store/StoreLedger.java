package oriel.engine.symbols.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The records that {@code symstore} keeps in {@code 000Admin} of a store, so that its own tools can
 * list and delete what was added: a numbered file for each addition, and a line for it in {@code
 * server.txt} and {@code history.txt}. Several processes may add at the same time.
 */
public final class StoreLedger {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM/dd/yyyy,HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Where the records are; no name of symbols. */
    static final String FOLDER = "000Admin";

    private final Path root;

    /** Records of a store. */
    public StoreLedger(LocalStore store) {
        this.root = store.root();
    }

    /**
     * A file that was added.
     *
     * @param key where it went
     * @param source where it came from
     */
    public record Entry(StoreKey key, Path source) {}

    /**
     * Writes down an addition.
     *
     * @param product name of the program; may be empty
     * @param version of it; may be empty
     * @param comment may be empty
     * @param when it happened, written in UTC
     * @return its number, ten digits
     */
    public String record(
            List<Entry> entries, String product, String version, String comment, Instant when)
            throws IOException {
        Path folder = Files.createDirectories(root.resolve(FOLDER));
        try (FileChannel lock =
                        FileChannel.open(
                                folder.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            String number = next(folder.resolve("lastid.txt"), held);
            var lines = new StringBuilder();
            for (Entry entry : entries) {
                lines.append(quoted(entry.key().directory() + "\\" + entry.key().id()))
                        .append(',')
                        .append(quoted(entry.source().toAbsolutePath().toString()))
                        .append("\r\n");
            }
            Files.writeString(folder.resolve(number), lines);
            String line =
                    String.join(
                                    ",",
                                    number,
                                    "add",
                                    "file",
                                    TIME.format(when),
                                    quoted(product),
                                    quoted(version),
                                    quoted(comment))
                            + ",\r\n";
            append(folder.resolve("server.txt"), line);
            append(folder.resolve("history.txt"), line);
            Files.writeString(folder.resolve("lastid.txt"), number);
            return number;
        }
    }

    private static String next(Path file, FileLock held) throws IOException {
        long last = 0;
        if (held.isValid() && Files.isRegularFile(file)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (text.matches("\\d{1,10}")) {
                last = Long.parseLong(text);
            }
        }
        return String.format(Locale.ROOT, "%010d", last + 1);
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String quoted(String text) {
        return '"' + text.replace('"', '\'').replaceAll("[\r\n]", " ") + '"';
    }
}
