package oriel.engine.symbols.pdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.format.pdb.BinaryAnnotations;
import oriel.format.pdb.ModuleInfo;
import oriel.format.pdb.Pdb;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/**
 * Code of a function inlined into an inlined function must be code of the latter. That tells right
 * from wrong readings of annotation programs without any other tool.
 */
@NeedsCorpus
class InlineNestingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentry/windows/crash.pdb",
                "sentry/windows/CrashWithException.pdb",
                "kdlib/targetapp_test_cv_allreg_amd64/targetapp.pdb",
                "kdlib/targetapp_test_cv_allreg_i386/targetapp.pdb"
            })
    void rowsLieWithinThoseAround(String file) throws IOException {
        Pdb pdb = Pdb.open(Bytes.open(Corpus.file(file)));
        int sites = 0;
        for (ModuleInfo info : pdb.dbi().orElseThrow().modules()) {
            PdbModule module = PdbModule.open(pdb, info).orElse(null);
            for (int i = 0; module != null && i < module.procedureCount(); i++) {
                sites += check(module.procedure(i).orElseThrow());
            }
        }
        assertThat(sites).isGreaterThan(20);
    }

    private static int check(Procedure procedure) {
        int sites = 0;
        Deque<List<long[]>> around = new ArrayDeque<>();
        SymbolCursor at = procedure.module().within(procedure);
        while (at.next() && at.offset() < procedure.scopeEnd()) {
            if (at.kind() == SymbolKind.INLINESITE || at.kind() == SymbolKind.INLINESITE2) {
                int program = at.kind() == SymbolKind.INLINESITE ? 16 : 20;
                var rows = new BinaryAnnotations(at.record(), program, 0);
                var ranges = new ArrayList<long[]>();
                while (rows.next()) {
                    ranges.add(new long[] {rows.start(), rows.end()});
                    assertThat(rows.end()).isLessThanOrEqualTo(procedure.sizeBytes());
                    if (!around.isEmpty()) {
                        for (long offset = rows.start(); offset < rows.end(); offset++) {
                            assertThat(holds(around.element(), offset)).isTrue();
                        }
                    }
                }
                around.push(ranges);
                sites++;
            } else if (at.kind() == SymbolKind.INLINESITE_END && !around.isEmpty()) {
                around.pop();
            }
        }
        return sites;
    }

    private static boolean holds(List<long[]> ranges, long offset) {
        for (long[] range : ranges) {
            if (offset >= range[0] && offset < range[1]) {
                return true;
            }
        }
        return false;
    }
}
