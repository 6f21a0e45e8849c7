package oriel.format.dwarf;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class DwarfFuzzTest {
    @FuzzTest
    void anySectionsAreReadAsFarAsTheyGo(FuzzedDataProvider data) {
        Map<String, byte[]> sections = DwarfTest.version4();
        for (String name : new String[] {".debug_info", ".debug_abbrev", ".debug_line"}) {
            if (data.consumeBoolean()) {
                sections.put(name, data.consumeBytes(400));
            }
        }
        Dwarf dwarf = DwarfTest.open(sections);
        for (long address = 0x1000; address < 0x1050; address += 5) {
            dwarf.functionAt(address);
            dwarf.lineAt(address);
            dwarf.inlinedAt(address);
        }
        dwarf.forEachFunction(f -> dwarf.inlinedAt(f.address()));
    }
}
