package oriel.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import oriel.app.render.Page;
import oriel.bytes.Bytes;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.store.FetchListener;
import oriel.format.pe.PeImage;
import oriel.model.LoadedModule;
import oriel.model.Target;

/**
 * A file opened as a target, with its symbols.
 *
 * @param file as the user named it
 * @param kind what it is
 * @param target what it holds
 * @param symbolizer names its addresses
 */
record TargetInput(String file, FileKind kind, Target target, Symbolizer symbolizer) {
    /** Options of every command that opens a target. */
    static final List<Option> OPTIONS =
            List.of(
                    Option.value(
                                    "--image-path",
                                    "DIR",
                                    "Where images (exe, dll) of the dump may lie; fills in code that"
                                            + " the dump leaves out.")
                            .manyTimes(),
                    SymbolOptions.PATH,
                    SymbolOptions.OFFLINE,
                    Option.flag(
                            "--native",
                            "Show the 64-bit side of a 32-bit program on 64-bit Windows."));

    /** Option of every command that prints a page. */
    static final Option COLOR =
            Option.value("--color", "WHEN", "Use colours: auto (on a terminal), always or never.")
                    .oneOf("auto", "always", "never");

    /** Option of commands that can print JSON. */
    static final Option JSON = Option.flag("--json", "Print JSON (docs/oriel.schema.json).");

    /** Where a command prints. */
    static Page page(Arguments given, Console console) {
        String when = given.value("--color", "auto");
        boolean color = when.equals("auto") ? console.wantsColor() : when.equals("always");
        return new Page(console.out(), color);
    }

    /**
     * Opens a dump or a PE file.
     *
     * @throws IOException when the file cannot be read
     * @throws oriel.bytes.FormatException when it is neither
     */
    static TargetInput open(String file, Arguments given) throws IOException {
        Path path = path(file);
        Bytes bytes = Bytes.open(path);
        FileKind kind = FileKind.of(bytes);
        if (!kind.isDump() && kind != FileKind.PE) {
            throw bytes.error(0, "this is " + kind.words());
        }
        Target target =
                kind == FileKind.PE
                        ? ImageTarget.ofImage(PeImage.of(bytes), bytes)
                        : openDump(path, given);
        return new TargetInput(file, kind, target, symbolizer(target, path, given));
    }

    /**
     * Opens a dump.
     *
     * @throws IOException when the file cannot be read
     * @throws oriel.bytes.FormatException when it is none
     */
    static TargetInput openCrash(String file, Arguments given) throws IOException {
        Path path = path(file);
        Bytes bytes = Bytes.open(path);
        FileKind kind = FileKind.of(bytes);
        if (!kind.isDump()) {
            throw bytes.error(0, "this is " + kind.words() + ", not a dump");
        }
        Target target = openDump(path, given);
        return new TargetInput(file, kind, target, symbolizer(target, path, given));
    }

    /** A symbolizer that finds files in the given directories and beside the input. */
    static Symbolizer symbolizer(Target target, Path file, Arguments given) {
        var locator =
                SymbolOptions.locator(given, SymbolOptions.images(given, file), FetchListener.NONE);
        return new Symbolizer(target, locator);
    }

    /** File name for messages and lists. */
    String name() {
        return LoadedModule.baseName(file);
    }

    /** A path as the user wrote it. */
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(e.getMessage() == null ? text : e.getMessage());
        }
    }

    static List<Path> directories(List<String> values) {
        var found = new ArrayList<Path>();
        for (String value : values) {
            for (String part : value.split(value.contains(";") ? ";" : File.pathSeparator)) {
                if (!part.isBlank()) {
                    found.add(path(part.strip()));
                }
            }
        }
        return found;
    }

    private static Target openDump(Path path, Arguments given) throws IOException {
        throw new IOException(path + ": dumps come soon" + given.has("--native"));
    }
}
