package oriel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Guid GUID =
            Guid.of(
                    new byte[] {
                        0x32,
                        (byte) 0xe8,
                        (byte) 0x99,
                        0x5a,
                        (byte) 0x87,
                        0x52,
                        0x41,
                        (byte) 0xc1,
                        (byte) 0x83,
                        (byte) 0x8e,
                        (byte) 0xd9,
                        (byte) 0x89,
                        0x14,
                        (byte) 0xe9,
                        (byte) 0xb7,
                        (byte) 0xff
                    });

    @Test
    void writesGuidsInTheOrderOfWindows() {
        assertThat(GUID).hasToString("5A99E832-5287-C141-838E-D98914E9B7FF");
        assertThat(GUID.compact()).isEqualTo("5A99E8325287C141838ED98914E9B7FF");
    }

    @Test
    void makesSymbolServerKeys() {
        PdbId id = PdbId.rsds("c:\\build\\test_app.pdb", GUID, 0x1f);
        assertThat(id.key()).isEqualTo("5A99E8325287C141838ED98914E9B7FF1F");
        assertThat(id.baseName()).isEqualTo("test_app.pdb");
        assertThat(new PdbId("a.pdb", GUID, 2, PdbId.Kind.NB10).key()).isEqualTo("5A99E8322");
        assertThat(module("C:\\Windows\\ntdll.dll").imageKey()).isEqualTo("0A0B0C0D1f000");
    }

    @Test
    void takesNamesFromPathsOfEitherKind() {
        assertThat(module("C:\\Windows\\ntdll.dll").label()).isEqualTo("ntdll");
        assertThat(module("/usr/lib/libc.so.6").name()).isEqualTo("libc.so.6");
        assertThat(module("").label()).isEmpty();
        assertThat(module(".hidden").label()).isEqualTo(".hidden");
    }

    @Test
    void splitsVersions() {
        assertThat(ModuleVersion.of(0x000a0000L, 0x4a610001L)).hasToString("10.0.19041.1");
    }

    @Test
    void labelsLocationsByTheBestThatIsKnown() {
        Optional<LoadedModule> module = Optional.of(module("ntdll.dll"));
        assertThat(CodeLocation.bare(0x10, Optional.empty()).label()).isEqualTo("0x10");
        assertThat(CodeLocation.bare(0x1010, module).label()).isEqualTo("ntdll+0x10");
        var symbol = new Symbol("ntdll", "Main", 0x1010, java.util.OptionalLong.empty());
        var named =
                new CodeLocation(
                        0x1010, module, Optional.of(symbol), Optional.empty(), java.util.List.of());
        assertThat(named.label()).isEqualTo("ntdll!Main");
    }

    private static LoadedModule module(String path) {
        return new LoadedModule(
                new AddressRange(0x1000, 0x1f000),
                path,
                0x0a0b0c0dL,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
