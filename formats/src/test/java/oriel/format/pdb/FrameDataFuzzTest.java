package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.format.msf.MsfStream;

/** FRAMEDATA, FPO_DATA and OMAP: tables of fixed records, sorted or not. */
class FrameDataFuzzTest {
    private static final long[] ADDRESSES = {0, 1, 0x1000, 0x7fffffff, 0xffffffffL, -1};

    @FuzzTest(maxDuration = "30s")
    void anyTableAnswers(byte[] data) {
        MsfStream in = MsfStream.of(Bytes.of(data, "fuzz"));
        FrameDataTable[] tables = {FrameDataTable.frameData(in), FrameDataTable.fpo(in)};
        OmapTable omap = OmapTable.read(in);
        for (long rva : ADDRESSES) {
            for (FrameDataTable table : tables) {
                table.find(rva);
            }
            omap.map(rva);
        }
        for (FrameDataTable table : tables) {
            for (int i = 0; i < table.size(); i++) {
                table.record(i);
            }
        }
    }
}
