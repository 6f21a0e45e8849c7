package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.MsfStream;

/** The hash tables of globals and publics, and the list of publics by address. */
class GlobalHashFuzzTest {
    private static final String[] NAMES = {"", "main", "?f@@YAXXZ", "a rather long name"};

    @FuzzTest(maxDuration = "30s")
    void anyTableAnswersOrIsRefused(byte[] data) {
        MsfStream in = MsfStream.of(Bytes.of(data, "fuzz"));
        for (boolean fastLink : new boolean[] {false, true}) {
            try {
                ask(GlobalHash.read(in, fastLink));
            } catch (FormatException refused) {
                // Refusing is right.
            }
            try {
                PublicTable publics = PublicTable.read(in, in, fastLink);
                ask(publics.hash());
                for (long offset : new long[] {0, 1, 0xffff, 0xffffffffL}) {
                    int found = publics.findAtOrBefore(1, offset);
                    if (found >= 0) {
                        publics.symbolOffset(found);
                        publics.section(found);
                        publics.offset(found);
                    }
                }
            } catch (FormatException refused) {
                // Refusing is right.
            }
        }
    }

    private static void ask(GlobalHash hash) {
        for (String name : NAMES) {
            hash.candidates(name);
        }
        hash.symbolOffsets();
        for (int i = 0; i < Math.min(64, hash.size()); i++) {
            hash.symbolOffset(i);
        }
    }
}
