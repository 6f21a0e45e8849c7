package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.format.pdb.Pdb;
import oriel.model.LoadedModule;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code oriel analyze} on every dump of the corpus and of the examples that a PDB is there for:
 * all frames in its module have the lines and the inlined functions that the PDB knows.
 */
@NeedsCorpus
class DumpsWithPdbTest {
    /** Lines and inlined functions shown for each dump. */
    private final Map<String, String> shown = new TreeMap<>();

    private static List<Path> files(Path root, String extension) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    /** By the key that modules name. */
    private static Map<String, Path> pdbs(Path root) throws IOException {
        var found = new HashMap<String, Path>();
        for (Path file : files(root, ".pdb")) {
            try {
                Pdb pdb = Pdb.open(Bytes.open(file));
                found.put(pdb.info().guid().compact() + pdb.imageAge(), file);
            } catch (FormatException refused) {
                // Hostile and foreign ones are the business of other tests.
            }
        }
        return found;
    }

    @Test
    void showLinesAndInlinedFunctions() throws IOException {
        Map<String, Path> pdbs = pdbs(Corpus.file("."));
        pdbs.putAll(pdbs(Corpus.projectRoot().resolve("examples")));
        List<Path> dumps = new ArrayList<>(files(Corpus.file("."), ".dmp"));
        dumps.addAll(files(Corpus.projectRoot().resolve("examples"), ".dmp"));
        for (Path dump : dumps) {
            try {
                analyze(dump, pdbs);
            } catch (FormatException refused) {
                // No dump, or a hostile one.
            }
        }
        assertThat(shown)
                .containsEntry("sigsegv.dmp", "3 lines, 0 inlined")
                .containsEntry("targetapp_test_cv_allreg_amd64.dmp", "7 lines, 1 inlined")
                .containsEntry("targetapp_test_cv_allreg_i386.dmp", "3 lines, 2 inlined")
                .containsEntry("windows.dmp", "4 lines, 4 inlined")
                .containsKeys("crash-x64.dmp", "throw-x64.dmp", "waiters-x64.dmp")
                .hasSizeGreaterThanOrEqualTo(12);
    }

    private void analyze(Path dump, Map<String, Path> pdbs) throws IOException {
        var target = DumpTarget.open(dump, DumpOptions.DEFAULT);
        var own = new HashMap<String, PdbSymbolSource>();
        var symbols = new ArrayList<String>();
        for (LoadedModule module : target.modules()) {
            Optional<Path> pdb =
                    module.pdb().flatMap(id -> Optional.ofNullable(pdbs.get(id.key())));
            if (pdb.isPresent()) {
                own.put(module.name(), PdbSymbolSource.open(pdb.get()));
                symbols.add(String.valueOf(pdb.get().getParent()));
            }
        }
        if (own.isEmpty()) {
            return;
        }
        Outcome outcome =
                Outcome.of(
                        "analyze",
                        "--json",
                        "--all-threads",
                        "--symbols",
                        String.join(";", symbols),
                        dump.toString());
        var counts = new int[2];
        for (JsonNode stack : JsonMapper.shared().readTree(outcome.out()).path("stacks")) {
            stack.path("frames").forEach(frame -> check(frame, own, counts));
        }
        assertThat(counts[0]).as(dump.toString()).isPositive();
        shown.put(
                String.valueOf(dump.getFileName()),
                counts[0] + " lines, " + counts[1] + " inlined");
    }

    private static void check(JsonNode frame, Map<String, PdbSymbolSource> own, int[] counts) {
        JsonNode location = frame.path("location");
        PdbSymbolSource pdb = own.get(location.path("module").asString(""));
        if (pdb == null) {
            return;
        }
        boolean caller = !frame.path("trust").asString().equals("context");
        long rva = Long.decode(location.path("rva").asString()) - (caller ? 1 : 0);
        pdb.lineAt(rva)
                .ifPresent(
                        line -> {
                            counts[0]++;
                            assertThat(location.path("line").asInt()).isEqualTo(line.line());
                            assertThat(location.path("file").asString()).isEqualTo(line.file());
                        });
        assertThat(location.path("inlined").size()).isEqualTo(pdb.inlinedAt(rva).size());
        counts[1] += location.path("inlined").size();
    }
}
