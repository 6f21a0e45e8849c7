package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;

class ModuleLinesFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsAnyLines(byte[] data) {
        try {
            ModuleLines lines = ModuleLines.read(MsfStream.of(Bytes.of(data, "fuzz")));
            lines.find(1, 0x10);
            lines.forEach(row -> {});
            lines.files();
            lines.inlinee(0x1000);
            lines.imports();
            lines.exports();
        } catch (FormatException expected) {
            // Refusing is right.
        }
    }
}
