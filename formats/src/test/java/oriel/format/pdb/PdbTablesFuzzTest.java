package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.HandLaid;
import oriel.format.msf.Msf;
import oriel.format.msf.MsfStream;

/** The small tables: information, strings, types and their hash. */
class PdbTablesFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyTableIsReadOrRefused(byte[] data) {
        MsfStream in = MsfStream.of(Bytes.of(data, "fuzz"));
        tryOn(
                in,
                stream -> {
                    PdbInfo info = PdbInfo.read(stream);
                    info.id("fuzz.pdb");
                    info.isFastLink();
                });
        tryOn(
                in,
                stream -> {
                    StringTable strings = StringTable.read(stream);
                    strings.at(1);
                    strings.offsetOf("main");
                    strings.forEach((offset, text) -> {});
                });
        // The hash of types lies in another stream: here the same bytes.
        byte[] file = HandLaid.msf(512, data, data, data, data);
        tryOn(in, stream -> types(TypeStream.read(Msf.open(Bytes.of(file, "fuzz.pdb")), stream)));
    }

    private static void types(TypeStream types) {
        types.candidates("Thing");
        types.forEach((index, kind, record) -> {});
        for (long index : new long[] {0, types.first(), types.end() - 1, 0xffffffffL}) {
            if (types.contains(index)) {
                types.record(index);
                types.kind(index);
            }
        }
    }

    private static void tryOn(MsfStream in, Consumer<MsfStream> reader) {
        try {
            reader.accept(in);
        } catch (FormatException refused) {
            // Refusing is right.
        }
    }
}
