package oriel.engine.symbols.pdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.symbols.RvaSymbol;
import oriel.model.SourceLine;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** Compares with the symbol files that breakpad's dump_syms made of the same PDBs through DIA. */
@NeedsCorpus
class BreakpadTruthTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "breakpad/pdb/dump_syms_regtest",
                "breakpad/pdb/dump_syms_regtest64",
                "breakpad/pdb/omap_reorder_bbs",
                "breakpad/pdb/omap_reorder_funcs",
                "breakpad/pdb/omap_stretched",
                "breakpad/pdb/omap_stretched_filled"
            })
    void functionsAndLinesAgree(String file) throws IOException {
        PdbSymbolSource pdb = PdbSymbolSource.open(Corpus.file(file + ".pdb"));
        Map<String, String> files = new HashMap<>();
        List<String> wrongFunctions = new ArrayList<>();
        List<String> wrongLines = new ArrayList<>();
        int functions = 0;
        int lines = 0;
        for (String text : Files.readAllLines(Corpus.file(file + ".sym"))) {
            String[] words = text.split(" ");
            if (text.startsWith("FILE ")) {
                files.put(words[1], text.substring(6 + words[1].length()));
            } else if (text.startsWith("FUNC ")) {
                int at = words[1].equals("m") ? 2 : 1;
                functions++;
                Optional<RvaSymbol> found = pdb.symbolAt(Long.parseLong(words[at], 16));
                if (found.isEmpty() || !sameName(tail(text, at + 3), found.get().name())) {
                    wrongFunctions.add(text + " <> " + found);
                }
                // Rows of no bytes are the first of two at one address, and answer for none.
            } else if (words.length == 4
                    && !words[1].equals("0")
                    && words[0].matches("[0-9a-f]+")) {
                lines++;
                Optional<SourceLine> found = pdb.lineAt(Long.parseLong(words[0], 16));
                if (found.isEmpty()
                        || found.get().line() != Integer.parseInt(words[2])
                        || !found.get().file().equalsIgnoreCase(files.get(words[3]))) {
                    wrongLines.add(text + " " + files.get(words[3]) + " <> " + found);
                }
            }
        }
        assertThat(wrongFunctions).isEmpty();
        assertThat(wrongLines).isEmpty();
        assertThat(functions).isGreaterThan(100);
        assertThat(lines).isGreaterThan(2000);
    }

    private static String tail(String text, int words) {
        String rest = text;
        for (int i = 0; i < words; i++) {
            rest = rest.substring(rest.indexOf(' ') + 1);
        }
        return rest;
    }

    /** They show the whole declaration, and cut decoration off C names, also where it is none. */
    private static boolean sameName(String theirs, String ours) {
        String plain = undecorated(ours);
        int at = theirs.indexOf(plain);
        String rest = at < 0 ? "" : theirs.substring(at + plain.length());
        return at >= 0 && (rest.isEmpty() || rest.startsWith("("));
    }

    private static String undecorated(String name) {
        return name.replaceFirst("^[_@]+", "").replaceFirst("@\\d+$", "");
    }
}
