package oriel.format.userdump;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

class UserDumpFuzzTest {
    private static final int SOME = 1000;

    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] data) {
        UserDump dump;
        try {
            dump = UserDump.of(Bytes.of(data, "fuzz.dmp"), problem -> {});
        } catch (FormatException refused) {
            return;
        }
        dump.threads(1232).stream().limit(SOME).forEach(UserDumpThread::context);
        dump.modules();
        dump.event();
        dump.forEachRegion(region -> {});
    }
}
