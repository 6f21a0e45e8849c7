package oriel.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oriel.app.render.Page;
import oriel.bytes.Bytes;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.store.FetchListener;
import oriel.format.pe.PeImage;
import oriel.model.Target;
import oriel.win32.LiveTarget;

/**
 * A file or a running process opened as a target, with its symbols. Close it: a process is held
 * still until then.
 *
 * @param file as the user named it
 * @param target what it holds
 * @param image the PE file, when it is one
 * @param symbolizer names its addresses
 * @param locator where the symbols come from
 * @param live the process, when it is one
 */
record TargetInput(
        String file,
        Target target,
        Optional<PeImage> image,
        Symbolizer symbolizer,
        SymbolPathLocator locator,
        Optional<LiveTarget> live)
        implements AutoCloseable {
    private static final int MAGIC = 16;

    /** Option of commands that look at 32-bit programs on 64-bit Windows. */
    static final Option NATIVE =
            Option.flag("--native", "Show the 64-bit side of a 32-bit program on 64-bit Windows.");

    /** Options of every command that opens a file as a target. */
    static final List<Option> FILE_OPTIONS =
            List.of(
                    Option.value(
                                    "--image-path",
                                    "DIR",
                                    "Where images (exe, dll) of the dump may lie; fills in code"
                                            + " that the dump leaves out.")
                            .manyTimes(),
                    SymbolOptions.PATH,
                    SymbolOptions.OFFLINE,
                    NATIVE,
                    Option.value(
                            "--process",
                            "ID|NAME",
                            "Show one process of a kernel dump: its memory, threads and images."));

    /** Options of every command that opens a file, or a process in its place. */
    static final List<Option> OPTIONS =
            Stream.concat(Stream.of(LiveInput.PID), FILE_OPTIONS.stream()).toList();

    /** Option of every command that prints a page. */
    static final Option COLOR =
            Option.value("--color", "WHEN", "Use colours: auto (on a terminal), always or never.")
                    .oneOf("auto", "always", "never");

    /** Option of commands that can print JSON. */
    static final Option JSON = Option.flag("--json", "Print JSON (docs/oriel.schema.json).");

    /** Where a command prints. */
    static Page page(Arguments given, Console console) {
        return new Page(console.out(), wantsColor(given, console));
    }

    /** Whether to use colours, as the user says or the console is. */
    static boolean wantsColor(Arguments given, Console console) {
        String when = given.value("--color", "auto");
        return when.equals("auto") ? console.wantsColor() : when.equals("always");
    }

    /**
     * Opens a dump or a PE file.
     *
     * @throws IOException when the file cannot be read
     * @throws oriel.bytes.FormatException when it is neither
     */
    static TargetInput open(String file, Arguments given) throws IOException {
        if (LiveInput.isMeant(file)) {
            return openLive(file, given);
        }
        Path path = path(file);
        if (!isImage(path)) {
            return openDump(file, given);
        }
        Bytes bytes = Bytes.open(path);
        PeImage image = PeImage.of(bytes);
        return of(
                file,
                ImageTarget.ofImage(image, bytes),
                Optional.of(image),
                locator(file, given, FetchListener.NONE));
    }

    /**
     * Opens a dump.
     *
     * @throws IOException when the file cannot be read
     * @throws oriel.bytes.FormatException when it is none
     */
    static TargetInput openDump(String file, Arguments given) throws IOException {
        return openDump(file, given, FetchListener.NONE);
    }

    /** The same; tells of the symbols that are fetched. */
    static TargetInput openDump(String file, Arguments given, FetchListener listener)
            throws IOException {
        if (LiveInput.isMeant(file)) {
            return openLive(file, given);
        }
        SymbolPathLocator locator = locator(file, given, listener);
        return of(file, dump(file, given, locator), Optional.empty(), locator);
    }

    /** A dump as a target, or one process of it, as the options say. */
    static Target dump(String file, Arguments given, SymbolLocator locator) throws IOException {
        var options =
                DumpOptions.DEFAULT
                        .withImagePath(directories(given.values("--image-path")))
                        .withNativeSide(given.has("--native"))
                        .withSymbols(locator);
        Target dump = DumpTarget.open(path(file), options);
        String process = given.value("--process", "");
        return process.isEmpty() ? dump : ProcessChoice.of(file, dump, process);
    }

    /** Where images may lie: where the options say, and beside what is open. */
    List<Path> images(Arguments given) {
        return live.map(target -> LiveInput.images(target, given))
                .orElseGet(() -> SymbolOptions.images(given, path(file)));
    }

    private static TargetInput openLive(String operand, Arguments given) throws IOException {
        LiveTarget target = LiveInput.open(operand, given);
        SymbolPathLocator locator =
                SymbolOptions.locator(given, LiveInput.images(target, given), FetchListener.NONE);
        return new TargetInput(
                operand,
                target,
                Optional.empty(),
                new Symbolizer(target, locator),
                locator,
                Optional.of(target));
    }

    private static SymbolPathLocator locator(String file, Arguments given, FetchListener listener) {
        return SymbolOptions.locator(given, SymbolOptions.images(given, path(file)), listener);
    }

    private static TargetInput of(
            String file, Target target, Optional<PeImage> image, SymbolPathLocator locator) {
        return new TargetInput(
                file, target, image, new Symbolizer(target, locator), locator, Optional.empty());
    }

    private static boolean isImage(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": is a directory");
        }
        try (var in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(MAGIC);
            return head.length >= 2 && head[0] == 'M' && head[1] == 'Z';
        }
    }

    /**
     * A path as the user wrote it. Under Wine the launcher says, in the property {@code
     * oriel.drive}, which drive the paths of the host are on.
     */
    static Path path(String text) {
        try {
            String drive = text.startsWith("/") ? System.getProperty("oriel.drive", "") : "";
            return Path.of(drive + text);
        } catch (InvalidPathException e) {
            throw new UsageException(e.getMessage() == null ? text : e.getMessage());
        }
    }

    /** Directories separated as on this system, or by semicolons. */
    static List<Path> directories(List<String> values) {
        var found = new ArrayList<Path>();
        for (String value : values) {
            String separator = value.indexOf(';') >= 0 ? ";" : File.pathSeparator;
            for (String part : value.split(separator)) {
                if (!part.isBlank()) {
                    found.add(path(part.strip()));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        live.ifPresent(LiveTarget::close);
        locator.close();
    }
}
