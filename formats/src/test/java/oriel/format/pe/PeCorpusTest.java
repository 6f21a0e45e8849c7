package oriel.format.pe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.model.Architecture;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

@NeedsCorpus
class PeCorpusTest {
    @Test
    void readsTheIdentityOfAnImage() throws IOException {
        PeImage image = open("sentry/windows/crash.exe");
        assertThat(image.architecture()).contains(Architecture.X86);
        assertThat(image.coffHeader().timestamp()).isEqualTo(0x5ab38077L);
        assertThat(image.optionalHeader().imageSizeBytes()).isEqualTo(0x9000);
        assertThat(image.pdb().orElseThrow().key()).isEqualTo("3249D99D0C4049318610F4E4FB0B69361");
    }

    @Test
    void namesTheToolsOfAnImage() throws IOException {
        RichHeader rich = open("sentry/windows/crash.exe").richHeader().orElseThrow();
        assertThat(rich.intact()).isTrue();
        assertThat(rich.entries())
                .anyMatch(e -> RichProducts.name(e.productId()).equals(Optional.of("Linker1400")))
                .anyMatch(e -> RichProducts.name(e.productId()).equals(Optional.of("Utc1900_CPP")));
    }

    @Test
    void readsDebugDataByKind() throws IOException {
        PeImage image = open("sentry/windows/crash.exe");
        assertThat(image.debugEntries())
                .extracting(DebugEntry::type)
                .contains(DebugType.CODEVIEW, DebugType.VC_FEATURE, DebugType.POGO);
        assertThat(image.debugEntries())
                .anyMatch(e -> e.pogoGroups().stream().anyMatch(g -> g.name().equals(".text$mn")))
                .anyMatch(e -> e.vcFeatures().isPresent());
        PeImage cet = open("llvm/llvm/test/tools/llvm-readobj/COFF/Inputs/has-cet.exe");
        assertThat(cet.debugEntries())
                .anyMatch(
                        e ->
                                e.extendedCharacteristics()
                                        .contains(ExtendedCharacteristic.CET_COMPAT));
    }

    @Test
    void readsTheSymbolsAndLongSectionNamesOfMinGw() throws IOException {
        PeImage image = open("sentry/windows/hello-dwarf.exe");
        assertThat(image.sections()).extracting(Section::name).contains(".debug_info");
        var names = new ArrayList<String>();
        image.coffSymbols()
                .orElseThrow()
                .forEach(
                        s -> {
                            if (s.isAddress() && s.isFunction()) {
                                names.add(s.name());
                            }
                        });
        assertThat(names).contains("mainCRTStartup", "__pformat_emit_float");
    }

    @Test
    void readsTheVersionResource() throws IOException {
        VersionInfo version = open("sentry/windows/integration.dll").version().orElseThrow();
        assertThat(version.string("CompanyName")).contains("foo");
        assertThat(version.tables().get(0).language()).isEqualTo("000004b0");
        assertThat(version.string("FileVersion"))
                .contains(version.fixed().orElseThrow().fileVersion().toString());
    }

    @Test
    void recognisesManagedCode() throws IOException {
        ClrHeader clr = open("sentry/windows/integration.dll").clrHeader().orElseThrow();
        assertThat(clr.metadataVersion()).isEqualTo("v4.0.30319");
        assertThat(clr.isIlOnly()).isTrue();
    }

    @Test
    void readsAMappedImageAsItsFile() throws IOException {
        PeImage file = open("sentry/windows/crash.exe");
        var memory = new byte[(int) file.optionalHeader().imageSizeBytes()];
        assertThat(file.read(0, memory, 0, memory.length)).isEqualTo(memory.length);
        PeImage mapped =
                PeImage.of(Bytes.of(memory, "memory"), PeImage.Layout.MAPPED, problem -> {});
        assertThat(mapped.pdb()).isEqualTo(file.pdb());
        assertThat(mapped.imports()).isEqualTo(file.imports());
        assertThat(mapped.version()).isEqualTo(file.version());
        assertThat(mapped.sections()).isEqualTo(file.sections());
    }

    @Test
    void saysWhatAFileIsInstead() {
        assertThatThrownBy(() -> PeImage.of(Bytes.of(new byte[100], "x.exe")))
                .hasMessage("x.exe+0x0: not a PE image: does not begin with MZ");
        var ne = new byte[0x80];
        ne[0] = 'M';
        ne[1] = 'Z';
        ne[0x3c] = 0x40;
        ne[0x40] = 'N';
        ne[0x41] = 'E';
        assertThatThrownBy(() -> PeImage.of(Bytes.of(ne, "win3.exe")))
                .hasMessageContaining("win3.exe+0x40")
                .hasMessageContaining("16-bit Windows");
    }

    private static PeImage open(String file) throws IOException {
        return PeImage.of(Bytes.open(Corpus.file(file)));
    }
}
