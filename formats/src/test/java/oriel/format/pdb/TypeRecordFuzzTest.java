package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;

class TypeRecordFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsAnyRecord(byte[] data) {
        if (data.length >= 2) {
            TypeRecord record = TypeRecord.read(Bytes.of(data, "fuzz"));
            if (record instanceof TypeRecord.FieldList list) {
                try {
                    Field.readList(list.fields());
                } catch (oriel.bytes.FormatException expected) {
                    // A member that is cut short.
                }
            }
        }
    }
}
