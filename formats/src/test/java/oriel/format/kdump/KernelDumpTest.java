package oriel.format.kdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;
import oriel.testkit.ByteWriter;
import oriel.testkit.KernelDumpBuilder;
import oriel.testkit.KernelDumpBuilder.Block;
import oriel.testkit.KernelDumpBuilder.Driver;

class KernelDumpTest {
    private static final int X64 = 0x8664;
    private static final int X86 = 0x14c;
    private static final long KERNEL = 0xfffff80012400000L;

    private final List<Diagnostic> problems = new ArrayList<>();
    private final Consumer<Diagnostic> collector = problems::add;

    private KernelDump open(byte[] file) {
        return KernelDump.of(Bytes.of(file, "test.dmp"), collector);
    }

    /** Pages that hold their own numbers. */
    private static SortedMap<Long, byte[]> pages(long... numbers) {
        var pages = new TreeMap<Long, byte[]>();
        for (long number : numbers) {
            byte[] page = new byte[4096];
            ByteWriter.put64(page, 0, number);
            pages.put(number, page);
        }
        return pages;
    }

    private static void assertHolds(KernelDump dump, long... numbers) {
        assertThat(dump.pages().count()).isEqualTo(numbers.length);
        for (long number : numbers) {
            long offset = dump.pages().fileOffset(number);
            assertThat(offset).as("page %d", number).isPositive();
            assertThat(dump.file().u64(offset)).isEqualTo(number);
        }
    }

    @Test
    void headerOf64Bits() {
        byte[] file =
                new KernelDumpBuilder(true, X64, 19041)
                        .processors(12)
                        .root(0x1aa000)
                        .lists(KERNEL + 0x100, KERNEL + 0x200, KERNEL + 0x300)
                        .bugCheck(0x3b, 0xc0000005L, KERNEL + 5, 0x1234, 0)
                        .exception(0xc0000005L, KERNEL + 5, 1, 0x45)
                        .times(132000000000000000L, 600_000_000L)
                        .comment("by hand")
                        .pages(pages(1))
                        .full();
        KernelDumpHeader header = open(file).header();
        assertThat(header.is64()).isTrue();
        assertThat(header.minorVersion()).isEqualTo(19041);
        assertThat(header.machine()).isEqualTo(X64);
        assertThat(header.processors()).isEqualTo(12);
        assertThat(header.directoryTableBase()).isEqualTo(0x1aa000);
        assertThat(header.loadedModulesVa()).isEqualTo(KERNEL + 0x100);
        assertThat(header.activeProcessesVa()).isEqualTo(KERNEL + 0x200);
        assertThat(header.debuggerDataVa()).isEqualTo(KERNEL + 0x300);
        assertThat(header.bugCheckCode()).isEqualTo(0x3b);
        assertThat(header.bugCheckParameters())
                .containsExactly(0xc0000005L, KERNEL + 5, 0x1234L, 0L);
        assertThat(header.exception().code()).isEqualTo(0xc0000005);
        assertThat(header.exception().parameters()).containsExactly(1L, 0x45L);
        assertThat(header.systemTime()).isEqualTo(132000000000000000L);
        assertThat(header.upTime()).isEqualTo(600_000_000L);
        assertThat(header.comment()).isEqualTo("by hand");
        assertThat(header.productType()).as("PAGE stands for unknown").isZero();
        assertThat(problems).isEmpty();
    }

    @Test
    void headerOf32Bits() {
        byte[] file =
                new KernelDumpBuilder(false, X86, 7601)
                        .processors(2)
                        .root(0x185000)
                        .lists(0x82970850L, 0x82968f98L, 0x82948c38L)
                        .pae(true)
                        .bugCheck(0x8e, 0xc0000005L, 0x92f0a1b2L, 0x8078b9f4L, 0)
                        .exception(0x80000003L, 0x82800000L)
                        .times(129000000000000000L, 10)
                        .pages(pages(3, 4, 9))
                        .full();
        KernelDump dump = open(file);
        KernelDumpHeader header = dump.header();
        assertThat(header.is64()).isFalse();
        assertThat(header.pae()).contains(true);
        assertThat(header.loadedModulesVa()).isEqualTo(0x82970850L);
        assertThat(header.debuggerDataVa()).isEqualTo(0x82948c38L);
        assertThat(header.bugCheckParameters())
                .containsExactly(0xc0000005L, 0x92f0a1b2L, 0x8078b9f4L, 0L);
        assertThat(header.exception().address()).isEqualTo(0x82800000L);
        assertThat(header.systemTime()).isEqualTo(129000000000000000L);
        assertHolds(dump, 3, 4, 9);
        assertThat(dump.pages().fileOffset(5)).isEqualTo(-1);
    }

    @Test
    void runsAreInTheOrderOfTheFile() {
        KernelDump dump =
                open(
                        new KernelDumpBuilder(true, X64, 19041)
                                .pages(pages(1, 2, 3, 0x100, 0x101, 0x12345678L))
                                .full());
        assertThat(dump.header().kind()).isEqualTo(DumpKind.FULL);
        assertThat(dump.pageLayout()).isEqualTo("3 runs of pages");
        assertHolds(dump, 1, 2, 3, 0x100, 0x101, 0x12345678L);
        for (long absent : new long[] {0, 4, 0xff, 0x102, 0x12345679L, -1, Long.MIN_VALUE}) {
            assertThat(dump.pages().fileOffset(absent)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"FDMP, 5, BITMAP_FULL", "SDMP, 6, BITMAP_KERNEL", "SDMP, 7, AUTOMATIC"})
    void bitmaps(String signature, int type, DumpKind kind) {
        long[] numbers = {0, 1, 63, 64, 511, 512, 513, 5000};
        KernelDump dump =
                open(
                        new KernelDumpBuilder(true, X64, 19041)
                                .pages(pages(numbers))
                                .bitmap(signature, type));
        assertThat(dump.header().kind()).isEqualTo(kind);
        assertHolds(dump, numbers);
        assertThat(dump.pages().fileOffset(2)).isEqualTo(-1);
        assertThat(dump.pages().fileOffset(1L << 40)).isEqualTo(-1);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void bitmapsBeforeWindows8(boolean is64) {
        long[] numbers = {2, 3, 5, 700};
        KernelDump dump =
                open(
                        new KernelDumpBuilder(is64, is64 ? X64 : X86, 7601)
                                .pages(pages(numbers))
                                .summary());
        assertThat(dump.header().kind()).isEqualTo(DumpKind.KERNEL);
        assertHolds(dump, numbers);
        assertThat(problems).isEmpty();
    }

    @Test
    void rangesOfARunningSystem() {
        byte[] header = new KernelDumpBuilder(true, X64, 22621).full();
        ByteWriter.put32(header, 0xf98, 8);
        var out = new ByteWriter().bytes(header);
        out.u32(0x40).bytes("RDMPDUMP".getBytes(StandardCharsets.US_ASCII)).u32(0);
        out.u64(0x20).u64(0x3000).padTo(0x2030);
        out.u64(7).u64(2).u64(0x900).u64(1).u64(0).u64(0).padTo(0x3000);
        pages(7, 8, 0x900).values().forEach(out::bytes);
        KernelDump dump = open(out.toBytes());
        assertThat(dump.header().kind()).isEqualTo(DumpKind.LIVE_KERNEL);
        assertHolds(dump, 7, 8, 0x900);
    }

    @Test
    void secondaryDataLiesBehindThePages() {
        byte[] tag = new byte[16];
        tag[0] = 0x42;
        KernelDump dump =
                open(
                        new KernelDumpBuilder(true, X64, 19041)
                                .pages(pages(1, 2))
                                .blob(tag, new byte[] {1, 2, 3})
                                .blob(tag, new byte[] {4})
                                .full());
        assertThat(dump.secondaryData()).hasSize(2);
        assertThat(dump.secondaryData().get(0).tag().toString()).startsWith("00000042");
        assertThat(dump.secondaryData().get(0).data().copy(0, 3)).containsExactly(1, 2, 3);
        assertThat(dump.secondaryData().get(1).data().copy(0, 1)).containsExactly(4);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void smallDump(boolean is64) {
        long base = is64 ? KERNEL : 0x82800000L;
        byte[] stack = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] file =
                new KernelDumpBuilder(is64, is64 ? X64 : X86, 19041)
                        .lists(base + 0x100, 0, base + 0x6000)
                        .context(new byte[] {9, 9})
                        .triage(
                                new Block(base + 0x10000, stack),
                                Map.of("prcb", new byte[] {1}, "thread", new byte[] {2}),
                                new byte[0x380],
                                List.of(
                                        new Driver("\\SystemRoot\\nt.exe", base, 0x900000, 0x5f1),
                                        new Driver("C:\\mydrv.sys", base + 0x1000000, 0x8000, 7)),
                                List.of(
                                        new Block(base + 0x20000, new byte[] {0x11, 0x22}),
                                        new Block(base + 0x30000, new byte[] {0x33})));
        KernelDump dump = open(file);
        TriageDump triage = dump.triage().orElseThrow();
        assertThat(triage.stack().orElseThrow().va()).isEqualTo(base + 0x10000);
        assertThat(triage.stack().orElseThrow().sizeBytes()).isEqualTo(8);
        assertThat(triage.prcb().u8(0)).isEqualTo(1);
        assertThat(triage.thread().u8(0)).isEqualTo(2);
        assertThat(triage.process().size()).isZero();
        assertThat(triage.debuggerData(base + 0x6000).orElseThrow().sizeBytes()).isEqualTo(0x380);
        assertThat(triage.drivers())
                .extracting(TriageDriver::path)
                .containsExactly("\\SystemRoot\\nt.exe", "C:\\mydrv.sys");
        assertThat(triage.drivers().get(1))
                .extracting(TriageDriver::base, TriageDriver::sizeBytes, TriageDriver::timestamp)
                .containsExactly(base + 0x1000000, 0x8000L, 7L);
        assertThat(triage.dataBlocks())
                .extracting(TriageBlock::va)
                .containsExactly(base + 0x20000, base + 0x30000);
        assertThat(dump.file().u8(triage.dataBlocks().get(1).fileOffset())).isEqualTo(0x33);
        assertThat(dump.context().u8(0)).isEqualTo(9);
        assertThat(dump.pages().count()).isZero();
        assertThat(problems).isEmpty();
    }

    @Test
    void anUnfinishedSmallDumpIsToldOf() {
        byte[] file =
                new KernelDumpBuilder(true, X64, 19041)
                        .triage(
                                new Block(KERNEL, new byte[64]),
                                Map.of(),
                                new byte[0],
                                List.of(new Driver("nt", KERNEL, 0x1000, 1)),
                                List.of(new Block(KERNEL, new byte[32])));
        KernelDump dump = open(Arrays.copyOf(file, file.length - 24));
        assertThat(dump.triage().orElseThrow().dataBlocks()).isEmpty();
        assertThat(problems.toString()).contains("TRGD").contains("behind the end of the file");
    }

    // Lies

    @Test
    void runsThatOverlapOrLie() {
        var builder = new KernelDumpBuilder(true, X64, 19041).pages(pages(1, 2, 3, 9, 10));
        byte[] file = builder.full();
        // The second run begins within the first.
        ByteWriter.put64(file, 0x98 + 16, 3);
        KernelDump dump = open(file);
        assertThat(dump.pages().count()).isEqualTo(4);
        assertThat(dump.file().u64(dump.pages().fileOffset(3))).isEqualTo(3);
        assertThat(problems.toString()).contains("1 pages are in more than one run");

        problems.clear();
        ByteWriter.put64(file, 0x98 + 24, 1L << 40);
        open(file);
        assertThat(problems.toString()).contains("behind the end of the file");

        problems.clear();
        ByteWriter.put64(file, 0x98 + 24, -1);
        assertThat(open(file).pages().count()).isEqualTo(3);
        assertThat(problems.toString()).contains("run 1 of pages is none");

        problems.clear();
        ByteWriter.put32(file, 0x88, 0x7fffffff);
        open(file);
        assertThat(problems.toString()).contains("claims 2147483647 runs");
    }

    @Test
    void bitmapsThatLie() {
        byte[] file =
                new KernelDumpBuilder(true, X64, 19041).pages(pages(1, 2, 3)).bitmap("FDMP", 5);
        byte[] claims = file.clone();
        ByteWriter.put64(claims, 0x2030, Long.MAX_VALUE);
        KernelDump dump = open(claims);
        assertHolds(dump, 1, 2, 3);
        assertThat(problems.toString()).contains("room before the first page");

        problems.clear();
        byte[] counts = file.clone();
        ByteWriter.put64(counts, 0x2028, 77);
        assertHolds(open(counts), 1, 2, 3);
        assertThat(problems.toString()).contains("the header speaks of 77");

        problems.clear();
        byte[] cut = Arrays.copyOf(file, file.length - 4096);
        assertHolds(open(cut), 1, 2);
        assertThat(problems.toString()).contains("1 of 3 pages are behind the end");

        problems.clear();
        byte[] nowhere = file.clone();
        ByteWriter.put64(nowhere, 0x2020, -4096);
        assertThat(open(nowhere).pages().count()).isZero();
        assertThat(problems.toString()).contains("no page can be found");
    }

    @Test
    void whatIsNoKernelDumpIsRefused() {
        byte[] file = new KernelDumpBuilder(true, X64, 19041).full();
        assertThatThrownBy(() -> open(Arrays.copyOf(file, 0x1fff)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("cut short");
        assertThatThrownBy(() -> open("PAGEPAGE".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("not a kernel dump");
    }
}
