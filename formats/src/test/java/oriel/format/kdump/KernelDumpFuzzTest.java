package oriel.format.kdump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class KernelDumpFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        KernelDump dump;
        try {
            dump = KernelDump.of(Bytes.of(data, "fuzz.dmp"), problem -> {});
        } catch (FormatException refused) {
            return;
        }
        dump.context();
        dump.exception();
        dump.secondaryData();
        for (long page = 0; page < 64; page++) {
            dump.pages().fileOffset(page);
        }
        dump.triage().ifPresent(KernelDumpFuzzTest::lists);
    }

    private static void lists(TriageDump triage) {
        triage.stack();
        triage.dataPage();
        triage.debuggerData(1);
        triage.dataBlocks();
        triage.drivers();
        triage.brokenDriver();
        triage.unloadedDrivers();
        triage.memoryInfo();
    }
}
