package oriel.engine.symbols.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Guid;
import oriel.model.LoadedModule;
import oriel.model.PdbId;

class StoreKeyTest {
    private static final Guid GUID =
            new Guid(UUID.fromString("3249d99d-0c40-4931-8610-f4e4fb0b6936"));

    @Test
    void makesKeysOfPdbs() {
        PdbId id = PdbId.rsds("C:\\build\\crash.pdb", GUID, 0x1a);
        assertThat(StoreKey.pdb(id).orElseThrow().path())
                .isEqualTo("crash.pdb/3249D99D0C4049318610F4E4FB0B69361A/crash.pdb");
        assertThat(StoreKey.breakpad(id).orElseThrow().path())
                .isEqualTo("crash.pdb/3249D99D0C4049318610F4E4FB0B69361A/crash.sym");
        PdbId old = new PdbId("x.pdb", GUID, 2, PdbId.Kind.NB10);
        assertThat(StoreKey.pdb(old).orElseThrow().id()).isEqualTo("3249D99D2");
    }

    @Test
    void makesKeysOfImages() {
        var module =
                new LoadedModule(
                        new AddressRange(0x10000, 0x1a5000),
                        "C:\\Windows\\ntdll.dll",
                        0x5bf1,
                        0,
                        Optional.empty(),
                        Optional.empty());
        assertThat(StoreKey.image(module).orElseThrow().path())
                .isEqualTo("ntdll.dll/00005BF11a5000/ntdll.dll");
        assertThat(StoreKey.dbg(module, "ntdll.dbg").orElseThrow().path())
                .isEqualTo("ntdll.dbg/00005BF11a5000/ntdll.dbg");
    }

    @Test
    void refusesNamesThatLeaveTheStore() {
        for (String name :
                new String[] {
                    "",
                    ".",
                    "..",
                    "a\\..",
                    "C:\\x\\..",
                    "a:b.pdb",
                    "nul\0.pdb",
                    "a?.pdb",
                    "x/",
                    "tail."
                }) {
            assertThat(StoreKey.pdb(PdbId.rsds(name, GUID, 1))).as(name).isEmpty();
        }
        assertThatThrownBy(() -> new StoreKey(StoreKey.Kind.PDB, "..", "1", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
