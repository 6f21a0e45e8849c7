package oriel.triage;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;

class AnalyzerFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyDumpIsReportedOrRefused(byte[] data) {
        try {
            DumpTarget target = DumpTarget.of(Bytes.of(data, "fuzz.dmp"), DumpOptions.DEFAULT);
            Analyzer.analyze(target, new Symbolizer(target, SymbolLocator.NONE));
        } catch (FormatException refused) {
            return;
        }
    }
}
