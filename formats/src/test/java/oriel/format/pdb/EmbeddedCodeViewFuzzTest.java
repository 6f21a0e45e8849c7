package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;

class EmbeddedCodeViewFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        EmbeddedCodeView.of(Bytes.of(data, "fuzz.dbg"))
                .ifPresent(
                        codeView -> {
                            codeView.forEachSymbol(record -> {});
                            codeView.forEachLine((section, offset, line, file) -> {});
                        });
    }
}
