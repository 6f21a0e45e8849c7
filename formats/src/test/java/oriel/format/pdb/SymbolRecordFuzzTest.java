package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.format.msf.MsfStream;

class SymbolRecordFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void walksAnyRecords(byte[] data) {
        var cursor = new SymbolCursor(MsfStream.of(Bytes.of(data, "fuzz")), 0);
        while (cursor.next()) {
            SymbolRecord.read(cursor.record());
        }
    }
}
