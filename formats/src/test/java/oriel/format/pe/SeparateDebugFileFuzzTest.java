package oriel.format.pe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class SeparateDebugFileFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        Bytes bytes = Bytes.of(data, "fuzz.dbg");
        List<Section> sections = List.of();
        try {
            SeparateDebugFile dbg = SeparateDebugFile.of(bytes);
            dbg.coff().ifPresent(SeparateDebugFileFuzzTest::walk);
            dbg.pdb();
            dbg.entries().forEach(DebugEntry::miscName);
            sections = dbg.sections();
        } catch (FormatException refused) {
            // The tables may still be read without the file around them.
        }
        CoffDebugInfo.read(bytes, sections).ifPresent(SeparateDebugFileFuzzTest::walk);
    }

    private static void walk(CoffDebugInfo coff) {
        coff.forEach(coff::rva);
        coff.forEachLine((rva, line, file) -> {});
    }
}
