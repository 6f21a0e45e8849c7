package oriel.format.pdb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.HandLaid;

/** The DBI stream: modules, contributions, section map, source files, optional streams. */
class DbiFuzzTest {
    private static final byte[] NOTHING = {};

    @FuzzTest(maxDuration = "30s")
    void anyStreamIsReadAsFarAsItGoes(byte[] data) {
        // Optional streams that the header names are this one again, or are not there.
        byte[] file = HandLaid.msf(512, NOTHING, info(), NOTHING, data, NOTHING, data);
        Pdb pdb;
        try {
            pdb = Pdb.open(Bytes.of(file, "fuzz.pdb"));
        } catch (FormatException refused) {
            return;
        }
        pdb.dbi().ifPresent(dbi -> read(pdb, dbi));
        pdb.diagnostics();
    }

    /** The least that stream 1 must have. */
    private static byte[] info() {
        var info = new byte[48];
        System.arraycopy(new byte[] {(byte) 0x94, 0x2e, 0x31, 0x01}, 0, info, 0, 4);
        return info;
    }

    private static void read(Pdb pdb, Dbi dbi) {
        pdb.imageAge();
        for (int i = 0; i < Math.min(16, dbi.modules().size()); i++) {
            ModuleInfo module = dbi.modules().get(i);
            try {
                pdb.module(module).map(ModuleStream::cursor).ifPresent(DbiFuzzTest::walk);
            } catch (FormatException refused) {
                // One broken module leaves the others.
            }
        }
        dbi.contributions().find(1, 0x10);
        dbi.sectionMap();
        for (int i = 0; i < Math.min(16, dbi.sourceFiles().modules()); i++) {
            dbi.sourceFiles().of(i);
        }
        dbi.sections().sectionOf(0x1000);
        dbi.symbolSections().rva(1, 2);
        dbi.omapToSource().ifPresent(map -> map.map(0x1000));
        dbi.omapFromSource().ifPresent(map -> map.map(0x1000));
        dbi.frameData().find(0x1000);
        dbi.fpo().find(0x1000);
        for (DebugStream kind : DebugStream.values()) {
            dbi.debugStream(kind);
        }
        pdb.publics().findAtOrBefore(1, 0x10);
        pdb.publics().hash().candidates("main");
        pdb.globals().candidates("main");
    }

    private static void walk(SymbolCursor cursor) {
        while (cursor.next()) {
            cursor.kind();
        }
    }
}
