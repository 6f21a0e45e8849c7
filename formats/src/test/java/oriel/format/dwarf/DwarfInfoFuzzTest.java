package oriel.format.dwarf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Any entries under abbreviations that are right. */
class DwarfInfoFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyEntriesAreReadAsFarAsTheyGo(byte[] info) {
        Map<String, byte[]> sections = DwarfTest.version4();
        sections.put(".debug_info", info);
        Dwarf dwarf = DwarfTest.open(sections);
        dwarf.forEachFunction(f -> dwarf.inlinedAt(f.address()));
        dwarf.functionAt(0x1000);
        dwarf.lineAt(0x1000);
    }
}
