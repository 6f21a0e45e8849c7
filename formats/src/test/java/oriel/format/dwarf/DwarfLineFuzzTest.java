package oriel.format.dwarf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** Any line program under a unit that is right. */
class DwarfLineFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyProgramEnds(byte[] program) {
        Map<String, byte[]> sections = DwarfTest.version4();
        sections.put(".debug_line", program);
        Dwarf dwarf = DwarfTest.open(sections);
        for (long address = 0xff0; address < 0x1100; address += 16) {
            dwarf.lineAt(address);
        }
    }
}
