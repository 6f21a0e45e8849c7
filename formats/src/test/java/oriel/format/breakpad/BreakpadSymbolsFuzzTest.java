package oriel.format.breakpad;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class BreakpadSymbolsFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        BreakpadSymbols symbols;
        try {
            symbols = BreakpadSymbols.read(Bytes.of(data, "fuzz.sym"));
        } catch (FormatException refused) {
            return;
        }
        symbols.forEach(
                f -> {
                    symbols.symbolAt(f.rva());
                    symbols.lineAt(f.rva());
                    symbols.inlinedAt(f.rva());
                    symbols.windowsFrameAt(f.rva());
                    symbols.cfiRulesAt(f.rva());
                    symbols.named(f.name());
                });
    }
}
