package oriel.format.pdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.msf.ContainerKind;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** What must hold for every PDB, tried on all there are. */
@NeedsCorpus
class PdbCorpusTest {
    /** Type records without a place in the model: vtable names of old compilers and skips. */
    private static final Set<Integer> OTHER_TYPES = Set.of(0x000e, 0x1200);

    @Test
    void everyPdbIsReadWithoutDamage() throws IOException {
        int read = 0;
        for (Path file : pdbs()) {
            Bytes bytes = Bytes.open(file);
            if (ContainerKind.of(bytes) != ContainerKind.MSF
                    || file.endsWith("bad-block-size.pdb")) {
                assertThatThrownBy(() -> Pdb.open(bytes)).isInstanceOf(FormatException.class);
                continue;
            }
            Pdb pdb = Pdb.open(bytes);
            checkSymbols(file, pdb);
            checkTypes(file, pdb.types());
            checkTypes(file, pdb.ids());
            checkPublics(file, pdb);
            assertThat(pdb.diagnostics()).as(file.toString()).isEmpty();
            read++;
        }
        assertThat(read).isGreaterThanOrEqualTo(40);
    }

    @Test
    void findsTypesByNameThroughTheHash() throws IOException {
        for (Path file : pdbs()) {
            Bytes bytes = Bytes.open(file);
            if (ContainerKind.of(bytes) != ContainerKind.MSF
                    || file.endsWith("bad-block-size.pdb")) {
                continue;
            }
            TypeStream types = Pdb.open(bytes).types();
            if (!types.isHashed()) {
                continue;
            }
            types.forEach(
                    (index, kind, record) -> {
                        if (index % 16 == 0
                                && TypeRecord.read(record) instanceof TypeRecord.UserDefined type
                                && !type.isForwardReference()
                                && !type.isScoped()
                                && !type.name().contains("<unnamed-")
                                && !type.name().contains("__unnamed")) {
                            assertThat(types.candidates(type.name()))
                                    .as(file + " " + type.name())
                                    .contains(index);
                        }
                    });
        }
    }

    @Test
    void readsInfoAndNamedStreams() throws IOException {
        Pdb pdb = open("llvm/llvm/test/tools/llvm-pdbutil/Inputs/InjectedSource.pdb");
        assertThat(pdb.namedStream("/src/headerblock")).isPresent();
        assertThat(InjectedSource.read(pdb))
                .extracting(InjectedSource::fileName)
                .anyMatch(name -> name.endsWith(".natvis"));
        Pdb srcsrv = open("sentry/windows/crash_with_srcsrv.pdb");
        assertThat(srcsrv.namedStream("srcsrv").orElseThrow().cString(0)).startsWith("SRCSRV: ini");
        assertThat(open("sentry/windows/crash.pdb").info().hasIds()).isTrue();
    }

    @Test
    void recognisesFastLink() throws IOException {
        Pdb fast = open("binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FASTLINK.pdb");
        Pdb full = open("binskim/Native_x64_VS2019_CPlusPlus_DEBUG_FULL.pdb");
        assertThat(fast.info().isFastLink()).isTrue();
        assertThat(full.info().isFastLink()).isFalse();
        assertThat(fast.publics().size()).isPositive();
    }

    @Test
    void findsTextsByHash() throws IOException {
        StringTable names = open("sentry/windows/crash.pdb").names().orElseThrow();
        names.forEach(
                (offset, text) -> {
                    if (!text.isEmpty()) {
                        assertThat(names.offsetOf(text)).contains(offset);
                    }
                });
        assertThat(names.offsetOf("no such text")).isEmpty();
    }

    private static void checkSymbols(Path file, Pdb pdb) {
        if (pdb.dbi().isEmpty()) {
            return;
        }
        Set<String> unknown = new TreeSet<>();
        for (ModuleInfo info : pdb.dbi().get().modules()) {
            pdb.module(info)
                    .ifPresent(
                            module -> {
                                SymbolCursor cursor = module.cursor();
                                while (cursor.next()) {
                                    SymbolRecord record = SymbolRecord.read(cursor.record());
                                    if (record instanceof SymbolRecord.Unknown u) {
                                        unknown.add(Integer.toHexString(u.kind()));
                                    }
                                }
                                assertThat(cursor.isDamaged()).as(file + " " + info).isFalse();
                                ModuleLines.read(module.lines()).forEach(row -> {});
                            });
        }
        unknown.removeAll(KNOWN_LEFT_OUT);
        assertThat(unknown).as(file.toString()).isEmpty();
    }

    /** Managed code, edit and continue, profile data, and what Microsoft does not document. */
    private static final Set<String> KNOWN_LEFT_OUT =
            Set.of("112a", "404", "115c", "1167", "1160", "115f", "1161", "1158", "1176", "1178");

    private static void checkTypes(Path file, TypeStream types) {
        types.forEach(
                (index, kind, record) -> {
                    if (TypeRecord.read(record) instanceof TypeRecord.Unknown u) {
                        assertThat(OTHER_TYPES)
                                .as(file + " " + Long.toHexString(index))
                                .contains(u.kind());
                    }
                    if (index % 61 == 0) {
                        assertThat(types.record(index).copy(0, 2)).isEqualTo(record.copy(0, 2));
                    }
                });
    }

    private static void checkPublics(Path file, Pdb pdb) {
        PublicTable publics = pdb.publics();
        long before = 0;
        for (int i = 0; i < publics.size(); i++) {
            long place = (long) publics.section(i) << 32 | publics.offset(i);
            assertThat(place).as(file.toString()).isGreaterThanOrEqualTo(before);
            before = place;
            long offset = publics.symbolOffset(i);
            var cursor =
                    new SymbolCursor(pdb.dbi().orElseThrow().symbolRecords().orElseThrow(), offset);
            assertThat(cursor.next()).isTrue();
            assertThat(publics.hash().candidates(cursor.text(14)))
                    .as(file + " " + cursor.text(14))
                    .contains(offset);
        }
    }

    private static List<Path> pdbs() throws IOException {
        try (Stream<Path> all = Files.walk(Corpus.file("."))) {
            return all.filter(f -> f.toString().endsWith(".pdb") && Files.isRegularFile(f))
                    .sorted()
                    .toList();
        }
    }

    private static Pdb open(String file) throws IOException {
        return Pdb.open(Bytes.open(Corpus.file(file)));
    }
}
