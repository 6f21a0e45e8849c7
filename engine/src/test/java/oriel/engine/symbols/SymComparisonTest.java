package oriel.engine.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.bytes.Bytes;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.PeImage;
import oriel.model.SourceLine;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/**
 * Line by line, the symbol files of Breakpad and Sentry against those that we write of the same
 * PDBs: each line of theirs that is not among ours belongs to a class that docs/formats explains,
 * and is counted. Lines whose class is not known fail the test.
 */
@NeedsCorpus
class SymComparisonTest {
    /** The number that compilers give to code without a line. */
    private static final int HIDDEN = 0xf00f00;

    private final Map<String, Integer> classes = new TreeMap<>();
    private final List<String> unexplained = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breakpad/pdb/dump_syms_regtest||"
                        + "{files without code=217, lines of no bytes=30, "
                        + "names with declarations or without underscore=39, "
                        + "publics with another name of the same address=1, "
                        + "sizes of parameters=89, thunks with sizes=1}",
                "breakpad/pdb/dump_syms_regtest64|breakpad/pdb/dump_syms_regtest64.exe|"
                        + "{files without code=221, lines cut by inlined functions, "
                        + "same answers=138, lines of no bytes=61, "
                        + "lines that reach behind their function=3, "
                        + "names with declarations or without underscore=219, "
                        + "thunks with sizes=2}",
                "breakpad/pdb/omap_reorder_bbs||"
                        + "{files without code=217, frame data cut elsewhere=11, "
                        + "functions cut elsewhere=2, lines of no bytes=30, "
                        + "names with declarations or without underscore=252, "
                        + "publics with another name of the same address=1, "
                        + "sizes of parameters=694, thunks with sizes=1}",
                "breakpad/pdb/omap_reorder_funcs||"
                        + "{files without code=217, lines of no bytes=30, "
                        + "names with declarations or without underscore=39, "
                        + "publics with another name of the same address=1, "
                        + "sizes of parameters=89, thunks with sizes=1}",
                "breakpad/pdb/omap_stretched||"
                        + "{files without code=217, frame data cut elsewhere=111, "
                        + "functions cut elsewhere=33, lines of no bytes=30, "
                        + "lines over code that is new=48, "
                        + "names with declarations or without underscore=39, "
                        + "publics with another name of the same address=1, "
                        + "sizes of parameters=89, thunks with sizes=1}",
                "breakpad/pdb/omap_stretched_filled||"
                        + "{files without code=217, frame data cut elsewhere=9, "
                        + "lines of no bytes=30, "
                        + "names with declarations or without underscore=39, "
                        + "publics with another name of the same address=1, "
                        + "sizes of parameters=89, thunks with sizes=1}",
                "sentry/windows/crash||"
                        + "{files without code=98, functions folded into one, "
                        + "with the name of another=2, hidden lines=1, "
                        + "lines cut by inlined functions, same answers=112, "
                        + "lines of no bytes=35, "
                        + "names with declarations or without underscore=44, "
                        + "sizes of parameters=38, thunks with sizes=35}",
                "sentry/windows/CrashWithException|sentry/windows/CrashWithException.exe|"
                        + "{files without code=79, functions folded into one, "
                        + "with the name of another=2, lines cut by inlined functions, "
                        + "same answers=19, lines of no bytes=22, "
                        + "names with declarations or without underscore=60, "
                        + "thunks with sizes=33}",
            })
    void everyDifferingLineIsExplained(String stem, @Nullable String image, String expected)
            throws IOException {
        String theirFile = stem.endsWith("Exception") ? stem + ".pdb.sym" : stem + ".sym";
        var theirs = new Sym(Files.readString(Corpus.file(theirFile)));
        String text = written(stem + ".pdb", image, theirs);
        var ours = new Sym(text);
        SymbolSource answers =
                new BreakpadSource(
                        BreakpadSymbols.read(
                                Bytes.of(text.getBytes(StandardCharsets.UTF_8), "ours.sym")),
                        "ours.sym");
        assertThat(ours.others.get("MODULE")).isEqualTo(theirs.others.get("MODULE"));
        assertThat(ours.others.get("INFO")).isEqualTo(theirs.others.get("INFO"));
        files(theirs, ours);
        functions(theirs, ours, answers);
        publics(theirs, ours);
        lines(theirs, ours, answers, stem.contains("omap_"));
        frames(theirs, ours, stem.contains("omap_"));
        assertThat(unexplained).isEmpty();
        assertThat(classes).hasToString(expected);
    }

    private static String written(String pdb, @Nullable String image, Sym like) throws IOException {
        Optional<PeImage> opened =
                image == null
                        ? Optional.empty()
                        : Optional.of(PeImage.of(Bytes.open(Corpus.file(image))));
        String[] module =
                like.others.getOrDefault("MODULE", Set.of()).iterator().next().split(" ", 5);
        String[] info =
                like.others
                        .getOrDefault("INFO", Set.of("INFO CODE_ID  "))
                        .iterator()
                        .next()
                        .split(" ", 4);
        var out = new StringBuilder();
        BreakpadWriter.write(
                new BreakpadModule(
                        module[1], module[2], module[3], module[4], info[2], info[3].strip()),
                PdbSymbolSource.open(Corpus.file(pdb)),
                opened,
                out);
        return out.toString();
    }

    private void count(String what) {
        classes.merge(what, 1, Integer::sum);
    }

    private void files(Sym theirs, Sym ours) {
        var used = new HashSet<String>();
        theirs.lines.forEach(row -> used.add(row.file));
        for (String file : theirs.files.values()) {
            if (!ours.files.containsValue(file)) {
                if (used.contains(file) && !theirs.onlyEmptyRows(file)) {
                    unexplained.add("FILE " + file);
                } else {
                    count("files without code");
                }
            }
        }
    }

    private void functions(Sym theirs, Sym ours, SymbolSource answers) {
        for (Map.Entry<Long, Sym.Function> entry : theirs.functions.entrySet()) {
            Sym.Function their = entry.getValue();
            Sym.Function our = ours.functions.get(entry.getKey());
            if (our == null) {
                // Moved blocks are cut elsewhere.
                Optional<RvaSymbol> found = answers.symbolAt(their.rva);
                if (found.isPresent() && sameName(their.name, found.get().name())) {
                    count("functions cut elsewhere");
                } else {
                    unexplained.add("FUNC " + their);
                }
                continue;
            }
            if (!sameName(their.name, our.name) && our.multiple) {
                count("functions folded into one, with the name of another");
            } else if (!sameName(their.name, our.name)) {
                unexplained.add("FUNC " + their + " <> " + our);
            } else if (!their.name.equals(our.name)) {
                count("names with declarations or without underscore");
            }
            if (their.size != our.size) {
                count("functions cut elsewhere");
            }
            if (!their.parameters.equals(our.parameters)) {
                count("sizes of parameters");
            }
        }
        for (Sym.Function our : ours.functions.values()) {
            if (!theirs.functions.containsKey(our.rva)) {
                boolean thunk = theirs.publics.containsKey(our.rva);
                count(thunk ? "thunks with sizes" : "functions of ours cut elsewhere");
            }
        }
    }

    private void publics(Sym theirs, Sym ours) {
        for (Map.Entry<Long, String> entry : theirs.publics.entrySet()) {
            String our = ours.publics.get(entry.getKey());
            Sym.Function function = ours.functions.get(entry.getKey());
            if (our == null && function != null && sameName(entry.getValue(), function.name)) {
                continue;
            }
            if (our == null) {
                unexplained.add("PUBLIC " + entry);
            } else if (!sameName(entry.getValue(), our)) {
                count("publics with another name of the same address");
            }
        }
    }

    private void lines(Sym theirs, Sym ours, SymbolSource answers, boolean moved) {
        var known = new HashSet<>(ours.lines);
        for (Sym.Row row : theirs.lines) {
            if (known.contains(row)) {
                continue;
            }
            if (row.size == 0) {
                count("lines of no bytes");
                continue;
            }
            if (row.line == HIDDEN) {
                count("hidden lines");
                continue;
            }
            long end = theirs.endOfFunctionAt(row.rva);
            long same = 0;
            long silent = 0;
            for (long i = 0; i < row.size; i++) {
                Optional<SourceLine> line = answers.lineAt(row.rva + i);
                silent += line.isEmpty() || row.rva + i >= end ? 1 : 0;
                boolean equal =
                        line.isPresent()
                                && line.get().line() == row.line
                                && line.get().file().equalsIgnoreCase(row.file);
                same += equal ? 1 : 0;
            }
            if (same == row.size) {
                count("lines cut by inlined functions, same answers");
            } else if (row.rva + row.size > end && same + silent >= row.size) {
                count("lines that reach behind their function");
            } else if (moved && same + silent == row.size) {
                count("lines over code that is new");
            } else {
                unexplained.add(row + " agrees in " + same);
            }
        }
    }

    private void frames(Sym theirs, Sym ours, boolean moved) {
        Set<String> their = theirs.others.getOrDefault("STACK WIN", Set.of());
        Set<String> our = ours.others.getOrDefault("STACK WIN", Set.of());
        for (String line : their) {
            if (!our.contains(line)) {
                count("frame data cut elsewhere");
                if (!moved) {
                    unexplained.add(line);
                }
            }
        }
    }

    /** They show the whole declaration, and cut decoration off C names, also where it is none. */
    private static boolean sameName(String theirs, String ours) {
        String plain = ours.replaceFirst("^[_@]+", "").replaceFirst("@\\d+$", "");
        int at = theirs.indexOf(plain);
        String rest = at < 0 ? "" : theirs.substring(at + plain.length());
        return at >= 0 && (rest.isEmpty() || rest.startsWith("("));
    }

    /** A symbol file with numbers of files resolved. */
    private static final class Sym {
        final Map<String, String> files = new HashMap<>();
        final TreeMap<Long, Function> functions = new TreeMap<>();
        final Map<Long, String> publics = new TreeMap<>();
        final Set<Row> lines = new HashSet<>();
        final Map<String, Set<String>> others = new HashMap<>();

        record Function(long rva, long size, String parameters, String name, boolean multiple) {
            long end() {
                return rva + size;
            }
        }

        record Row(long rva, long size, int line, String file) {}

        Sym(String text) {
            for (String raw : text.split("\n")) {
                String line = raw.strip();
                String[] words = line.split(" ");
                if (line.startsWith("FILE ")) {
                    files.put(words[1], line.split(" ", 3)[2].toLowerCase(Locale.ROOT));
                } else if (line.startsWith("FUNC ")) {
                    String[] parts = line.replace("FUNC m ", "FUNC ").split(" ", 5);
                    long rva = Long.parseLong(parts[1], 16);
                    long size = Long.parseLong(parts[2], 16);
                    boolean multiple = words[1].equals("m");
                    functions.put(rva, new Function(rva, size, parts[3], parts[4], multiple));
                } else if (line.startsWith("PUBLIC ")) {
                    String[] parts = line.replace("PUBLIC m ", "PUBLIC ").split(" ", 4);
                    publics.put(Long.parseLong(parts[1], 16), parts[3]);
                } else if (words.length == 4 && words[0].matches("[0-9a-f]+")) {
                    lines.add(
                            new Row(
                                    Long.parseLong(words[0], 16),
                                    Long.parseLong(words[1], 16),
                                    Integer.parseInt(words[2]),
                                    files.getOrDefault(words[3], "?")));
                } else {
                    String kind = words[0].equals("STACK") ? "STACK " + words[1] : words[0];
                    others.computeIfAbsent(kind, k -> new HashSet<>()).add(line);
                }
            }
        }

        long endOfFunctionAt(long rva) {
            Map.Entry<Long, Function> found = functions.floorEntry(rva);
            return found == null ? 0 : found.getValue().end();
        }

        boolean onlyEmptyRows(String file) {
            return lines.stream().filter(r -> r.file.equals(file)).allMatch(r -> r.size == 0);
        }
    }
}
