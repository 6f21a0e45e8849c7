package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.SymbolSource;
import oriel.model.AddressRange;
import oriel.model.Annotation;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.TargetThread;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;
import oriel.testkit.MinidumpBuilder;

class DumpTargetTest {
    private static final byte[] CONTEXT = MinidumpBuilder.x64Context(0x401000, 0x12f010, 1);

    @TempDir Path folder;

    private static DumpTarget of(MinidumpBuilder builder) {
        return DumpTarget.of(Bytes.of(builder.build(), "made.dmp"), DumpOptions.DEFAULT);
    }

    private static Path example(String name) {
        return Corpus.projectRoot().resolve("examples").resolve(name);
    }

    @Test
    void stacksThatAreNotInTheMemoryList() {
        DumpTarget target =
                of(
                        new MinidumpBuilder()
                                .systemInfo(9)
                                .memory(0x1000, new byte[] {1, 2})
                                .thread(7, 0, 0x12f000, new byte[64], CONTEXT));
        assertThat(target.readableRanges())
                .containsExactly(new AddressRange(0x1000, 2), new AddressRange(0x12f000, 64));
        TargetThread thread = target.threads().get(0);
        assertThat(thread.stack()).isEqualTo(new AddressRange(0x12f010, 48));
        assertThat(thread.registers().pc()).hasValue(0x401000);
        assertThat(thread.suspendCount()).hasValue(1);
    }

    @Test
    void registersOfTheExceptionReplaceThoseOfItsThread() {
        byte[] atException = MinidumpBuilder.x64Context(0x999, 0x12f020, 2);
        DumpTarget target =
                of(
                        new MinidumpBuilder()
                                .systemInfo(9)
                                .thread(7, 0, 0x12f000, new byte[64], CONTEXT)
                                .thread(8, 0, 0x13f000, new byte[64], CONTEXT)
                                .exception(8, 0xc0000005L, 0x999, atException, 1, 0x45));
        assertThat(target.threads().get(0).registers().pc()).hasValue(0x401000);
        assertThat(target.threads().get(1).registers().pc()).hasValue(0x999);
        assertThat(target.exception().orElseThrow().code()).isEqualTo(0xc0000005);
        assertThat(target.exception().orElseThrow().parameters()).containsExactly(1L, 0x45L);
    }

    @Test
    void aBrokenContextLeavesTheRegistersUnknown() {
        DumpTarget target =
                of(
                        new MinidumpBuilder()
                                .systemInfo(9)
                                .thread(7, 0, 0x12f000, new byte[64], new byte[1232])
                                .exception(99, 1, 2, new byte[0]));
        assertThat(target.threads().get(0).registers().pc()).isEmpty();
        assertThat(target.diagnostics())
                .extracting(Diagnostic::subject)
                .containsExactly("thread 7", "exception");
    }

    @Test
    void processFromItsBlocks() {
        var parameters = new ByteWriter().zeros(0x60);
        parameters.u16(20).u16(22).u32(0).u64(0x9000).u16(12).u16(14).u32(0).u64(0x9100);
        parameters.u64(0x9200);
        var environment = new ByteWriter().utf16("A=1").u16(0).utf16("B=2").u16(0).u16(0);
        DumpTarget target =
                of(
                        new MinidumpBuilder()
                                .systemInfo(9)
                                .thread(7, 0x5000, 0x12f000, new byte[64], CONTEXT)
                                .memory(0x5000, new ByteWriter().zeros(0x60).u64(0x6000).toBytes())
                                .memory(0x6000, new ByteWriter().zeros(0x20).u64(0x7000).toBytes())
                                .memory(0x7000, parameters.toBytes())
                                .memory(0x9000, new ByteWriter().utf16("C:\\app.exe").toBytes())
                                .memory(0x9100, new ByteWriter().utf16("app -x").toBytes())
                                .memory(0x9200, environment.toBytes()));
        assertThat(target.process().imagePath()).isEqualTo("C:\\app.exe");
        assertThat(target.process().commandLine()).contains("app -x");
        assertThat(target.process().environment()).containsExactly("A=1", "B=2");
        assertThat(target.process().pebVa()).hasValue(0x6000);
    }

    @Test
    void regionsAndHandles() {
        var regions = new ByteWriter().u32(16).u32(48).u64(2);
        regions.u64(0x20000).u64(0x20000).u32(4).u32(0).u64(0x1000).u32(0x1000).u32(0x104);
        regions.u32(0x20000).u32(0);
        regions.u64(0x10000).u64(0).u32(0).u32(0).u64(0x10000).u32(0x10000).u32(1).u32(0).u32(0);
        var builder = new MinidumpBuilder().systemInfo(9);
        int type = builder.string("Event");
        var handles = new ByteWriter().u32(16).u32(32).u32(1).u32(0);
        handles.u64(0x44).u32(type).u32(0).u32(0).u32(0x1f0003).u32(2).u32(3);
        DumpTarget target = of(builder.stream(16, regions.toBytes()).stream(12, handles.toBytes()));
        assertThat(target.regions())
                .extracting(MemoryRegion::state)
                .containsExactly(MemoryRegion.State.FREE, MemoryRegion.State.COMMITTED);
        assertThat(target.regionAt(0x20fff).orElseThrow().isGuard()).isTrue();
        assertThat(target.regionAt(0x21000)).isEmpty();
        assertThat(target.handles().get(0).typeName()).isEqualTo("Event");
        assertThat(target.handles().get(0).objectName()).isEmpty();
    }

    @Test
    void wow64ShowsTheProgramsSide() {
        byte[] narrow = MinidumpBuilder.x86Context(0x77001234, 0x37f5b8, 5);
        var teb = new byte[0x1490];
        ByteWriter.put64(teb, 0, 0x9000);
        ByteWriter.put64(teb, 0x1488, 0x8000);
        byte[] in32 = MinidumpBuilder.x64Context(0x401000, 0x37f000, 6);
        ByteWriter.put32(in32, 0x38, 0x23);
        var builder =
                new MinidumpBuilder()
                        .systemInfo(9)
                        .module(0x400000, 0x1000, 1, "C:\\app.exe", new byte[0])
                        .module(
                                0x70000000,
                                0x1000,
                                1,
                                "C:\\Windows\\System32\\wow64.dll",
                                new byte[0])
                        .module(
                                0x76000000,
                                0x1000,
                                1,
                                "C:\\Windows\\System32\\ntdll.dll",
                                new byte[0])
                        .module(
                                0x77000000,
                                0x1000,
                                1,
                                "C:\\Windows\\SysWOW64\\ntdll.dll",
                                new byte[0])
                        .thread(1, 0x5000, 0, new byte[0], CONTEXT)
                        .thread(2, 0x5000, 0, new byte[0], in32)
                        .memory(0x5000, teb)
                        .memory(0x8000, new ByteWriter().u32(0x14c0000).bytes(narrow).toBytes());
        DumpTarget target = of(builder);
        assertThat(target.isWow64()).isTrue();
        assertThat(target.architecture()).isEqualTo(Architecture.X86);
        assertThat(target.modules())
                .extracting(LoadedModule::base)
                .containsExactly(0x400000L, 0x77000000L);
        TargetThread first = target.threads().get(0);
        assertThat(first.registers().pc()).hasValue(0x77001234);
        assertThat(first.nativeRegisters().orElseThrow().pc()).hasValue(0x401000);
        assertThat(first.tebVa()).hasValue(0x9000);
        // The CPU area is stale while the thread runs 32-bit code.
        assertThat(target.threads().get(1).registers().pc()).hasValue(0x401000);
        assertThat(target.threads().get(1).registers().value("ebx")).hasValue(6);

        DumpTarget wide =
                DumpTarget.of(
                        Bytes.of(builder.build(), "made.dmp"),
                        DumpOptions.DEFAULT.withNativeSide(true));
        assertThat(wide.architecture()).isEqualTo(Architecture.X64);
        assertThat(wide.modules()).hasSize(2);
        assertThat(wide.threads().get(0).registers().pc()).hasValue(0x401000);
    }

    @Test
    void missingBytesComeFromTheImageBesideTheDump() throws IOException {
        DumpTarget target = DumpTarget.open(example("crash-x64.dmp"), DumpOptions.DEFAULT);
        LoadedModule program = target.modules().get(0);
        long readOnlyData = program.base() + 0x2000;
        assertThat(target.readableRanges()).noneMatch(range -> range.contains(readOnlyData));
        assertThat(target.memory().readUpTo(readOnlyData, 64)).hasSize(64);
        assertThat(target.memory().readUpTo(program.base(), 2)).containsExactly('M', 'Z');
        assertThat(program.pdb().orElseThrow().fileName()).isEqualTo("crash-x64.pdb");
        long writableData = program.base() + 0x4000;
        assertThat(target.memory().readUpTo(writableData, 1)).isEmpty();
    }

    @Test
    void missingBytesComeFromWhereSymbolsComeFrom() throws IOException {
        Path alone = Files.copy(example("crash-x64.dmp"), folder.resolve("alone.dmp"));
        var store =
                new SymbolLocator() {
                    @Override
                    public List<SymbolSource> locate(LoadedModule module, Memory memory) {
                        return List.of();
                    }

                    @Override
                    public Optional<Path> image(LoadedModule module) {
                        return module.name().equals("crash-x64.exe")
                                ? Optional.of(example("crash-x64.exe"))
                                : Optional.empty();
                    }
                };
        DumpTarget target = DumpTarget.open(alone, DumpOptions.DEFAULT.withSymbols(store));
        long base = target.modules().get(0).base();
        assertThat(target.memory().readUpTo(base, 2)).containsExactly('M', 'Z');
    }

    @Test
    void anImageOfAnotherBuildIsNotUsed() throws IOException {
        Path dump = Files.copy(example("crash-x64.dmp"), folder.resolve("a.dmp"));
        byte[] image = Files.readAllBytes(example("crash-x64.exe"));
        DumpTarget without = DumpTarget.open(dump, DumpOptions.DEFAULT);
        long base = without.modules().get(0).base();
        assertThat(without.memory().readUpTo(base, 2)).isEmpty();

        Path images = Files.createDirectory(folder.resolve("images"));
        Files.write(images.resolve("crash-x64.exe"), image);
        DumpOptions options = DumpOptions.DEFAULT.withImagePath(List.of(images));
        assertThat(DumpTarget.open(dump, options).memory().readUpTo(base, 2)).hasSize(2);

        int header = (image[0x3c] & 0xff) | (image[0x3d] & 0xff) << 8;
        image[header + 8] ^= 1;
        Files.write(images.resolve("crash-x64.exe"), image);
        DumpTarget other = DumpTarget.open(dump, options);
        assertThat(other.memory().readUpTo(base, 2)).isEmpty();
        assertThat(other.diagnostics().toString()).contains("is another build");
    }

    @Test
    void ownSamples() throws IOException {
        DumpTarget x64 = DumpTarget.open(example("crash-x64.dmp"), DumpOptions.DEFAULT);
        assertThat(x64.architecture()).isEqualTo(Architecture.X64);
        assertThat(x64.process().commandLine()).contains("C:\\oriel\\crash-x64.exe null-write");
        assertThat(x64.exception().orElseThrow().parameters()).containsExactly(1L, 8L);
        assertThat(x64.annotations())
                .contains(new Annotation("comment", "", "Written by the dumper of the debuggees"));
        assertThat(x64.diagnostics()).isEmpty();

        DumpTarget x86 = DumpTarget.open(example("crash-x86.dmp"), DumpOptions.DEFAULT);
        assertThat(x86.architecture()).isEqualTo(Architecture.X86);
        assertThat(x86.process().commandLine()).contains("C:\\oriel\\crash-x86.exe null-write");
        assertThat(x86.process().environment()).contains("USERNAME=oriel");

        DumpTarget overflow =
                DumpTarget.open(example("stack-overflow-x64.dmp"), DumpOptions.DEFAULT);
        assertThat(overflow.exception().orElseThrow().code()).isEqualTo(0xc00000fd);
        assertThat(overflow.threads().get(0).stack().sizeBytes()).isGreaterThan(16 * 10_000);
        assertThat(DumpTarget.open(example("waiters-x64.dmp"), DumpOptions.DEFAULT).threads())
                .hasSize(9);
    }

    @Test
    void aFileOfFiveGigabytesOpensAtOnce() throws IOException {
        long size = 5L << 30;
        long half = size / 2;
        byte[] head =
                new MinidumpBuilder()
                        .systemInfo(9).thread(7, 0, 0x12f000, new byte[0], CONTEXT).stream(
                                        9,
                                        new ByteWriter()
                                                .u64(2)
                                                .u64(4096)
                                                .u64(0x10000)
                                                .u64(half)
                                                .u64(0x7ff000000000L)
                                                .u64(half - 4096)
                                                .toBytes())
                                .build();
        Path file = folder.resolve("huge.dmp");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.setLength(size);
            out.seek(size - 4);
            out.write(new byte[] {1, 2, 3, 4});
        }
        DumpTarget target = DumpTarget.open(file, DumpOptions.DEFAULT);
        long last = 0x7ff000000000L + half - 4096 - 4;
        assertThat(target.memory().readUpTo(last, 100)).containsExactly(1, 2, 3, 4);
        assertThat(target.memory().readUpTo(0x10000 + half - 8, 100)).hasSize(8);
        assertThat(target.diagnostics()).isEmpty();
    }

    @Test
    void memoryBehindTheEndOfTheFileIsTold() {
        DumpTarget target =
                of(
                        new MinidumpBuilder()
                                .systemInfo(9)
                                .memoryAt(0x1000, 0x7fffffff, 0x40)
                                .memoryAt(0x9000_0000L, 16, 0xfffffff0L));
        assertThat(target.readableRanges()).hasSize(1);
        assertThat(target.diagnostics()).extracting(Diagnostic::subject).containsExactly("memory");
    }

    @Test
    void aMinidumpWithNothingInItIsRefused() {
        assertThatThrownBy(() -> of(new MinidumpBuilder().streamAt(7, 56, 0x7fffffff)))
                .isInstanceOf(FormatException.class)
                .hasMessage("made.dmp+0x7fffffff: system info: begins behind the end of the file");
    }

    @Test
    void aProcessorThatCannotBeShownIsTold() {
        DumpTarget target = of(new MinidumpBuilder().systemInfo(6));
        assertThat(target.diagnostics().toString()).contains("registers of Itanium");
    }
}
