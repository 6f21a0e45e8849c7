package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.bytes.Bytes;
import oriel.format.minidump.Minidump;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.testkit.Corpus;

/** What is written reads back as what it was made of. */
class MinidumpWriterTest {
    @TempDir Path folder;

    private static Target sample(String name) throws IOException {
        return DumpTarget.open(
                Corpus.projectRoot().resolve("examples").resolve(name), DumpOptions.DEFAULT);
    }

    private Path write(Target target, DumpPlan plan) throws IOException {
        Path file = folder.resolve("written.dmp");
        assertThat(MinidumpWriter.write(target, plan, file, done -> {})).isEmpty();
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash-x64.dmp", "crash-x86.dmp"})
    void whatIsWrittenReadsBack(String name) throws IOException {
        Target before = sample(name);
        for (DumpPlan plan : List.of(DumpPlan.NORMAL, DumpPlan.FULL)) {
            Target after = DumpTarget.open(write(before, plan), DumpOptions.DEFAULT);
            assertThat(after.architecture()).isEqualTo(before.architecture());
            assertThat(after.exception()).isEqualTo(before.exception());
            assertThat(after.modules())
                    .extracting(LoadedModule::range)
                    .isEqualTo(before.modules().stream().map(LoadedModule::range).toList());
            assertThat(after.modules())
                    .extracting(LoadedModule::pdb)
                    .isEqualTo(before.modules().stream().map(LoadedModule::pdb).toList());
            assertThat(after.modules())
                    .extracting(LoadedModule::version)
                    .isEqualTo(before.modules().stream().map(LoadedModule::version).toList());
            assertThat(after.regions()).isEqualTo(before.regions());
            assertThat(after.process().processId()).isEqualTo(before.process().processId());
            assertThat(after.diagnostics()).isEmpty();
            for (TargetThread thread : before.threads()) {
                TargetThread same = after.thread(thread.ref().threadId()).orElseThrow();
                assertThat(same.registers().pc()).isEqualTo(thread.registers().pc());
                assertThat(same.registers().sp()).isEqualTo(thread.registers().sp());
                assertThat(same.name()).isEqualTo(thread.name());
                AddressRange stack = thread.stack();
                int size = (int) Math.min(stack.sizeBytes(), 1 << 16);
                assertThat(after.memory().readUpTo(stack.start(), size))
                        .isEqualTo(before.memory().readUpTo(stack.start(), size));
            }
        }
    }

    /** Three pages, of which the middle one is a guard page and the last one program code. */
    private static final class ThreePages implements Target {
        private final byte[] bytes = new byte[0x3000];

        ThreePages() {
            new java.util.Random(5).nextBytes(bytes);
        }

        private static MemoryRegion region(long va, int protection) {
            return new MemoryRegion(
                    new AddressRange(va, 0x1000),
                    java.util.OptionalLong.of(0x10000),
                    MemoryRegion.State.COMMITTED,
                    protection,
                    4,
                    protection == 0x80 ? MemoryRegion.Type.IMAGE : MemoryRegion.Type.PRIVATE);
        }

        @Override
        public Architecture architecture() {
            return Architecture.X64;
        }

        @Override
        public Memory memory() {
            return (va, into, offset, length) -> {
                long from = va - 0x10000;
                int got = from < 0 ? 0 : (int) Math.max(0, Math.min(length, 0x3000 - from));
                System.arraycopy(bytes, (int) Math.max(from, 0), into, offset, got);
                return got;
            };
        }

        @Override
        public List<TargetThread> threads() {
            return List.of();
        }

        @Override
        public List<LoadedModule> modules() {
            return List.of();
        }

        @Override
        public Optional<TargetException> exception() {
            return Optional.empty();
        }

        @Override
        public List<MemoryRegion> regions() {
            return List.of(region(0x10000, 4), region(0x11000, 0x104), region(0x12000, 0x80));
        }

        @Override
        public List<AddressRange> readableRanges() {
            return List.of(new AddressRange(0x10000, 0x1000), new AddressRange(0x12000, 0x800));
        }
    }

    private List<AddressRange> memoryOf(DumpPlan plan) throws IOException {
        return DumpTarget.open(write(new ThreePages(), plan), DumpOptions.DEFAULT).readableRanges();
    }

    @Test
    void thePlanSaysWhichMemoryIsWritten() throws IOException {
        assertThat(memoryOf(DumpPlan.NORMAL)).isEmpty();
        assertThat(memoryOf(DumpPlan.FULL))
                .containsExactly(
                        new AddressRange(0x10000, 0x1000), new AddressRange(0x12000, 0x800));
        assertThat(memoryOf(DumpPlan.NORMAL.withDataSegments()))
                .containsExactly(new AddressRange(0x12000, 0x800));
        assertThat(memoryOf(DumpPlan.FULL.only(r -> r.range().start() == 0x10000)))
                .containsExactly(new AddressRange(0x10000, 0x1000));
        var target = DumpTarget.open(folder.resolve("written.dmp"), DumpOptions.DEFAULT);
        assertThat(target.memory().readFully(0x10000, 0x1000))
                .isEqualTo(new ThreePages().memory().readFully(0x10000, 0x1000));
    }

    @Test
    void streamsOfTheCallerAreThere() throws IOException {
        byte[] own = {1, 2, 3};
        Path file =
                write(
                        sample("crash-x64.dmp"),
                        DumpPlan.NORMAL.with(List.of(new DumpPlan.Own(0x10001, own))));
        Bytes bytes = Bytes.open(file);
        assertThat(bytes.u32(0)).isEqualTo(0x504d444dL);
        long count = bytes.u32(8);
        boolean found = false;
        for (long i = 0; i < count; i++) {
            long entry = bytes.u32(12) + 12 * i;
            if (bytes.u32(entry) == 0x10001) {
                assertThat(bytes.copy(bytes.u32(entry + 8), (int) bytes.u32(entry + 4)))
                        .isEqualTo(own);
                found = true;
            }
        }
        assertThat(found).isTrue();
        assertThat(Minidump.of(bytes, problem -> {})).isNotNull();
    }

    @Test
    void lldbReadsIt() throws IOException, InterruptedException {
        Path lldb = Path.of("/usr/bin/lldb-19");
        Assumptions.assumeTrue(Files.exists(lldb), "lldb-19 is not installed");
        Path file = write(sample("crash-x64.dmp"), DumpPlan.FULL);
        Process process =
                new ProcessBuilder(
                                lldb.toString(),
                                "-b",
                                "-x",
                                "-c",
                                file.toString(),
                                "-o",
                                "thread list",
                                "-o",
                                "register read rip rsp",
                                "-o",
                                "image list")
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        Target target = sample("crash-x64.dmp");
        long thread = target.exception().orElseThrow().thread().threadId();
        assertThat(said)
                .contains("tid = 0x" + String.format(java.util.Locale.ROOT, "%04x", thread));
        assertThat(said)
                .containsIgnoringCase(
                        Long.toHexString(
                                target.thread(thread)
                                        .orElseThrow()
                                        .registers()
                                        .pc()
                                        .orElseThrow()));
        assertThat(said).contains("crash-x64.exe");
    }
}
