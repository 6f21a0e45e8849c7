package oriel.format.minidump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.Guid;
import oriel.testkit.ByteWriter;
import oriel.testkit.MinidumpBuilder;

class MinidumpTest {
    private final List<Diagnostic> problems = new ArrayList<>();

    private Minidump open(byte[] file) {
        return Minidump.of(Bytes.of(file, "made.dmp"), problems::add);
    }

    @Test
    void headerAndDirectory() {
        Minidump dump = open(new MinidumpBuilder().systemInfo(9).stream(0x77, new byte[5]).build());
        assertThat(dump.header().implementationVersion()).isEqualTo(0x1234);
        assertThat(dump.header().flags()).isEqualTo(0x21);
        assertThat(dump.header().written()).isEqualTo("2021-01-14T08:25:36Z");
        assertThat(dump.streams())
                .extracting(StreamEntry::title)
                .containsExactly("system info", "stream 0x77");
        assertThat(dump.streams().get(1).location().sizeBytes()).isEqualTo(5);
        assertThat(problems).isEmpty();
    }

    @Test
    void systemInfo() {
        SystemInfoEntry info =
                open(new MinidumpBuilder().systemInfo(0).build()).systemInfo().orElseThrow();
        assertThat(info.cpuVendor()).isEqualTo("GenuineIntel");
        assertThat(info.cpuSignature()).isEqualTo(0x506e3);
        assertThat(info.cpuFeatures()).isEqualTo(7);
        assertThat(info.processorFeatures()).isZero();
        assertThat(info.processorCount()).isEqualTo(4);
        assertThat(info.buildNumber()).isEqualTo(19041);
    }

    @Test
    void modulesWithVersionAndCodeView() {
        var guid = new byte[16];
        guid[0] = 0x44;
        byte[] cv = MinidumpBuilder.rsds(guid, 3, "C:\\b\\app.pdb");
        Minidump dump =
                open(new MinidumpBuilder().module(0x400000, 0x5000, 77, "C:\\app.exe", cv).build());
        ModuleEntry module = dump.modules().get(0);
        assertThat(module.range()).isEqualTo(new AddressRange(0x400000, 0x5000));
        assertThat(module.checksum()).isEqualTo(0x1111);
        assertThat(dump.string(module.nameOffset())).isEqualTo("C:\\app.exe");
        FixedFileInfo version = module.version().orElseThrow();
        assertThat(version.file()).hasToString("1.2.3.4");
        assertThat(version.product()).hasToString("5.6.7.8");
        assertThat(version.type()).isEqualTo(2);
        assertThat(module.pdb(dump.file()).orElseThrow().key())
                .isEqualTo("00000044000000000000000000000000" + "3");
    }

    @Test
    void elfBuildIdIsAnIdentityWithoutAge() {
        byte[] cv =
                new ByteWriter().u32(0x4270454c).u64(0x1122334455667788L).u64(1).u32(9).toBytes();
        Minidump dump = open(new MinidumpBuilder().module(0x1000, 0x1000, 0, "libc", cv).build());
        assertThat(dump.modules().get(0).pdb(dump.file()).orElseThrow().key())
                .isEqualTo("55667788334411220100000000000000" + "0");
    }

    @Test
    void listsMayBeAlignedToEightBytes() {
        byte[] plain = new MinidumpBuilder().memory(0x1000, new byte[3]).build();
        Minidump dump = open(plain);
        StreamEntry list = dump.entry(StreamType.MEMORY_LIST).orElseThrow();
        byte[] stream = list.location().in(dump.file()).copy(0, 20);
        byte[] padded =
                new ByteWriter()
                        .bytes(Arrays.copyOf(stream, 4))
                        .u32(0)
                        .bytes(Arrays.copyOfRange(stream, 4, 20))
                        .toBytes();
        Minidump aligned = open(new MinidumpBuilder().stream(5, padded).build());
        assertThat(aligned.memory()).containsExactlyElementsOf(dump.memory());
    }

    @Test
    void fullMemoryFollowsTheListInTheFile() {
        byte[] file =
                new MinidumpBuilder()
                        .memory64(0x10000, new byte[] {1, 2, 3})
                        .memory64(0x7ff000000000L, new byte[] {4, 5})
                        .build();
        var ranges = new ArrayList<MemoryRange>();
        open(file).forEachMemory64(ranges::add);
        assertThat(ranges).hasSize(2);
        assertThat(ranges.get(0).sizeBytes()).isEqualTo(3);
        assertThat(file[(int) ranges.get(1).fileOffset()]).isEqualTo((byte) 4);
        assertThat(ranges.get(1).va()).isEqualTo(0x7ff000000000L);
    }

    @Test
    void threadInfoNamesAndExtendedList() {
        var builder = new MinidumpBuilder();
        int name = builder.string("worker");
        var info = new ByteWriter().u32(12).u32(64).u32(1);
        info.u32(7).u32(2).u32(0).u32(259).u64(131_000_000_000_000_000L).u64(0).u64(20).u64(30);
        info.u64(0x401000).u64(3);
        var extended = new ByteWriter().u32(1).u32(7).u32(0).u32(0).u32(-2).u64(0x5000).u64(0x9000);
        extended.u32(16).u32(99).u32(0).u32(0).zeros(16);
        byte[] file =
                builder.stream(17, info.toBytes()).stream(
                                24, new ByteWriter().u32(1).u32(7).u64(name).toBytes())
                        .stream(8, extended.toBytes())
                        .build();
        Minidump dump = open(file);
        ThreadInfoEntry entry = dump.threadInfo().get(0);
        assertThat(entry.isValid()).isTrue();
        assertThat(entry.dumpFlags()).isEqualTo(ThreadInfoEntry.WRITING_THREAD);
        assertThat(entry.startVa()).isEqualTo(0x401000);
        assertThat(entry.userTime()).isEqualTo(30);
        assertThat(dump.string(dump.threadNames().get(0).nameOffset())).isEqualTo("worker");
        assertThat(dump.threads().get(0).priority()).isEqualTo(-2);
        assertThat(dump.threads().get(0).stackRange()).isEqualTo(new AddressRange(0x9000, 16));
        assertThat(problems).isEmpty();
    }

    @Test
    void miscInfoOfFiveVersions() {
        var in = new ByteWriter().u32(1364).u32(0x3f7).u32(4711).u32(1_600_000_000).u32(5).u32(6);
        in.u32(3000).u32(2000).u32(3000).u32(1).u32(0);
        in.u32(0x3000).u32(0xd).u32(0).u32(2);
        in.u32(-60).utf16("Winter", 64).zeros(16).u32(0).utf16("Summer", 64).zeros(16).u32(-60);
        in.utf16("19041.1", 520).utf16("dbgcore", 80);
        in.u32(528).u32(1392).u64(0x807);
        for (int i = 0; i < 64; i++) {
            in.u32(i == 11 ? 576 : 0).u32(i == 11 ? 16 : 0);
        }
        byte[] all = in.u32(0xc00c1e).toBytes();
        MiscInfo misc =
                open(new MinidumpBuilder().stream(15, all).build()).miscInfo().orElseThrow();
        assertThat(misc.processId()).hasValue(4711);
        assertThat(misc.userSeconds()).hasValue(5);
        assertThat(misc.currentMhz()).hasValue(2000);
        assertThat(misc.integrityLevel()).hasValue(0x3000);
        assertThat(misc.executeFlags()).hasValue(0xd);
        assertThat(misc.protectedProcess()).contains(false);
        TimeZoneEntry zone = misc.timeZone().orElseThrow();
        assertThat(zone.daylightName()).isEqualTo("Summer");
        assertThat(zone.biasMinutes()).isEqualTo(-60);
        assertThat(zone.daylightBiasMinutes()).isEqualTo(-60);
        assertThat(misc.buildString()).contains("19041.1");
        assertThat(misc.debuggerBuild()).contains("dbgcore");
        assertThat(misc.xstate().feature(11)).contains(new XstateLayout.Feature(576, 16));
        assertThat(misc.xstate().feature(12)).isEmpty();
        assertThat(misc.processCookie()).hasValue(0xc00c1e);

        byte[] first = Arrays.copyOf(all, 24);
        first[0] = 24;
        first[1] = 0;
        MiscInfo old =
                open(new MinidumpBuilder().stream(15, first).build()).miscInfo().orElseThrow();
        assertThat(old.processId()).hasValue(4711);
        assertThat(old.currentMhz()).isEmpty();
        assertThat(old.timeZone()).isEmpty();
        assertThat(old.xstate().enabledFeatures()).isZero();
    }

    @Test
    void handlesWithAChainThatRunsInACircle() {
        var builder = new MinidumpBuilder();
        int type = builder.string("Mutant");
        var info = new ByteWriter();
        int at = builder.blob(new byte[0]);
        info.u32(at).u32(3).u32(16).u64(11).u64(22);
        builder.blob(info.toBytes());
        var stream = new ByteWriter().u32(16).u32(40).u32(1).u32(0);
        stream.u64(0x44).u32(type).u32(0).u32(2).u32(0x1f0001).u32(1).u32(5).u32(at).u32(0);
        Minidump dump = open(builder.stream(12, stream.toBytes()).build());
        HandleEntry handle = dump.handles().get(0);
        assertThat(handle.handle()).isEqualTo(0x44);
        assertThat(dump.string(handle.typeNameOffset())).isEqualTo("Mutant");
        List<HandleEntry.ObjectInfo> chain = handle.objectInfo(dump.file());
        assertThat(chain).hasSize(32);
        assertThat(chain.get(0).data().u32(8)).isEqualTo(22);

        var first = new ByteWriter().u32(16).u32(32).u32(1).u32(0).u64(0x48).zeros(24);
        Minidump old = open(new MinidumpBuilder().stream(12, first.toBytes()).build());
        assertThat(old.handles().get(0).objectInfo(old.file())).isEmpty();
    }

    @Test
    void countersAndMachineMemory() {
        var one = new ByteWriter().u16(1).u16(0).u32(9);
        for (int i = 1; i <= 9; i++) {
            one.u64(i * 100L);
        }
        VmCounters first =
                open(new MinidumpBuilder().stream(22, one.toBytes()).build())
                        .vmCounters()
                        .orElseThrow();
        assertThat(first.workingSet()).isEqualTo(200);
        assertThat(first.privateUsage()).hasValue(900);
        assertThat(first.virtualSize()).isEmpty();

        var two = new ByteWriter().u16(2).u16(0xf).u32(9);
        for (int i = 1; i <= 18; i++) {
            two.u64(i * 100L);
        }
        VmCounters second =
                open(new MinidumpBuilder().stream(22, two.toBytes()).build())
                        .vmCounters()
                        .orElseThrow();
        assertThat(second.virtualSize()).hasValue(1000);
        assertThat(second.privateUsage()).hasValue(1100);
        assertThat(second.sharedCommit()).hasValue(1300);

        var system = new ByteWriter().u16(1).u16(2).u32(1).u32(4096).u32(1000).u32(0).u32(0);
        system.u32(65536).u64(0x10000).u64(0x7fffffL).u64(15).u32(4).zeros(60);
        system.u64(600).u64(500).u64(2000).u64(700).zeros(8);
        SystemMemoryInfo memory =
                open(new MinidumpBuilder().stream(21, system.toBytes()).build())
                        .systemMemory()
                        .orElseThrow();
        assertThat(memory.physicalPages()).isEqualTo(1000);
        assertThat(memory.processors()).isEqualTo(4);
        assertThat(memory.commit()).contains(new SystemMemoryInfo.Commit(600, 500, 2000, 700));
        assertThat(memory.counters().size()).isEqualTo(8);
    }

    @Test
    void crashpadAnnotations() {
        var builder = new MinidumpBuilder();
        int key = builder.utf8("ptype");
        int value = builder.utf8("browser");
        int simple = builder.blob(new ByteWriter().u32(1).u32(key).u32(value).toBytes());
        int object =
                builder.blob(new ByteWriter().u32(1).u32(key).u16(1).u16(0).u32(value).toBytes());
        int remark = builder.blob(new ByteWriter().u32(1).u32(value).toBytes());
        int info =
                builder.blob(
                        new ByteWriter()
                                .u32(1)
                                .u32(8)
                                .u32(remark)
                                .u32(12)
                                .u32(simple)
                                .u32(16)
                                .u32(object)
                                .toBytes());
        int links = builder.blob(new ByteWriter().u32(1).u32(2).u32(28).u32(info).toBytes());
        var stream = new ByteWriter().u32(1).u64(5).u64(0).zeros(16).u32(12).u32(simple);
        stream.u32(16).u32(links).u32(0).u64(0);
        CrashpadInfo crashpad =
                open(builder.stream(0x43500001, stream.toBytes()).build())
                        .crashpadInfo()
                        .orElseThrow();
        assertThat(crashpad.reportId())
                .isEqualTo(Guid.of(new byte[] {5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
        var pair = new CrashpadInfo.KeyValue("ptype", "browser");
        assertThat(crashpad.annotations()).containsExactly(pair);
        CrashpadInfo.Module module = crashpad.modules().get(0);
        assertThat(module.moduleIndex()).isEqualTo(2);
        assertThat(module.remarks()).containsExactly("browser");
        assertThat(module.annotations()).containsExactly(pair, pair);
        assertThat(problems).isEmpty();
    }

    @Test
    void commentsAssertionBreakpadTokensAndTables() {
        var assertion = new ByteWriter().utf16("x > 0", 256).utf16("f", 256).utf16("a.c", 256);
        assertion.u32(12).u32(1);
        var tokens = new ByteWriter().u32(56).u32(1).u32(16).u32(16).u32(40).u32(4711).u64(8);
        tokens.zeros(24);
        var tables = new ByteWriter().u32(24).u32(32).u32(8).u32(12).u32(1).u32(0);
        tables.u64(0x1000).u64(0x2000).u64(0x1000).u32(2).u32(0).zeros(8).zeros(24);
        Minidump dump =
                open(
                        new MinidumpBuilder()
                                .stream(10, new ByteWriter().cString("narrow").toBytes()).stream(
                                                11, new ByteWriter().utf16("wide").u16(0).toBytes())
                                        .stream(0x47670002, assertion.toBytes())
                                        .stream(
                                                0x47670001,
                                                new ByteWriter().u32(2).u32(1).u32(5).toBytes())
                                        .stream(19, tokens.toBytes())
                                        .stream(13, tables.toBytes())
                                        .build());
        assertThat(dump.comments()).containsExactly("narrow", "wide");
        assertThat(dump.assertion()).contains(new AssertionEntry("x > 0", "f", "a.c", 12, 1));
        assertThat(dump.breakpadInfo().orElseThrow().dumpThreadId()).isEmpty();
        assertThat(dump.breakpadInfo().orElseThrow().requestingThreadId()).hasValue(5);
        assertThat(dump.tokens()).hasSize(1);
        assertThat(dump.tokens().get(0).id()).isEqualTo(4711);
        assertThat(dump.tokens().get(0).data().size()).isEqualTo(24);
        FunctionTableEntry table = dump.functionTables().get(0);
        assertThat(table.entryCount()).isEqualTo(2);
        assertThat(table.entries().size()).isEqualTo(24);
        assertThat(problems).isEmpty();
    }

    @Test
    void tokenContents() {
        var data = new ByteWriter().u32(2).u32(2); // impersonation
        data.u32(8).u32(0).u8(1).u8(1).bytes(new byte[] {0, 0, 0, 0, 0, 5}).u32(18); // SYSTEM
        data.zeros(4);
        data.u32(1).u32(16).u32(7).zeros(4); // one group, its identifier 16 behind here
        data.u8(1).u8(2).bytes(new byte[] {0, 0, 0, 0, 0, 5}).u32(32).u32(544).zeros(4);
        data.u32(2).u64(20).u32(2).u64(23).u32(0); // two privileges
        data.zeros(40)
                .u32(1)
                .u32(2)
                .zeros(8)
                .zeros(8); // TOKEN_STATISTICS counts groups, privileges
        byte[] token = data.toBytes();
        var tokens = new ByteWriter().u32(32 + token.length).u32(1).u32(16).u32(16);
        tokens.u32(16 + token.length).u32(4711).u64(8).bytes(token);
        Minidump dump = open(new MinidumpBuilder().stream(19, tokens.toBytes()).build());
        TokenContents contents = dump.tokens().get(0).contents().orElseThrow();
        assertThat(contents.impersonation()).isTrue();
        assertThat(contents.user()).isEqualTo("S-1-5-18");
        assertThat(contents.groups()).containsExactly(new TokenContents.Group("S-1-5-32-544", 7));
        assertThat(contents.privileges())
                .containsExactly(
                        new TokenContents.Privilege(20, 2), new TokenContents.Privilege(23, 0));
        assertThat(contents.privileges().get(0).isEnabled()).isTrue();
    }

    @Test
    void handleOperations() {
        var list = new ByteWriter().u32(16).u32(288).u32(1).u32(0);
        list.u64(0x1c4).u32(7).u32(8).u32(3).u32(0).u32(2).u32(0).u64(0x401000).u64(0x402000);
        list.zeros(240);
        Minidump dump = open(new MinidumpBuilder().stream(18, list.toBytes()).build());
        assertThat(dump.handleOperations())
                .containsExactly(
                        new HandleOperation(
                                0x1c4,
                                7,
                                8,
                                HandleOperation.Kind.BAD_REFERENCE,
                                List.of(0x401000L, 0x402000L)));
    }

    @Test
    void countsThatLieCostNothingAndAreTold() {
        var huge = new ByteWriter().u32(0xffffffffL).zeros(96);
        Minidump dump = open(new MinidumpBuilder().stream(3, huge.toBytes()).build());
        assertThat(dump.threads()).hasSize(2);
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString())
                .isEqualTo(
                        "thread list: made.dmp+0x24: count 4294967295 of 48-byte records does not"
                                + " fit");

        byte[] manyStreams = new MinidumpBuilder().systemInfo(9).build();
        ByteWriter.put32(manyStreams, 8, 0xffffffffL);
        assertThat(open(manyStreams).streams()).hasSize(1);
    }

    @Test
    void whatIsBehindTheEndOfTheFileIsTold() {
        byte[] file =
                new MinidumpBuilder().streamAt(7, 56, 0x7fffffff).streamAt(4, 5000, 32).build();
        Minidump dump = open(file);
        assertThat(dump.systemInfo()).isEmpty();
        assertThat(dump.modules()).isEmpty();
        assertThat(problems).extracting(Diagnostic::subject).contains("system info", "module list");
    }

    @Test
    void recordsThatShareLongTextsDoNotFillTheMemory() {
        var builder = new MinidumpBuilder();
        int text = builder.blob(new byte[100_000]);
        var names = new ByteWriter().u32(1000);
        for (int i = 0; i < 1000; i++) {
            names.u32(i).u64(text + 90L * i);
        }
        builder.stream(24, names.toBytes());
        byte[] file = builder.build();
        for (int i = 0; i < 1000; i++) {
            ByteWriter.put32(file, text + 90 * i, 9000);
        }
        Minidump dump = open(file);
        long total = 0;
        for (ThreadNameEntry name : dump.threadNames()) {
            total += dump.string(name.nameOffset(), "thread names").length() * 2L;
        }
        assertThat(total).isPositive().isLessThanOrEqualTo(file.length);
        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).problem()).contains("more text and records than the file");
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> open(new byte[10]))
                .isInstanceOf(FormatException.class)
                .hasMessage("made.dmp+0x0: not a minidump");
        byte[] version = new MinidumpBuilder().build();
        version[4] = 0;
        assertThatThrownBy(() -> open(version)).hasMessage("made.dmp+0x4: minidump version a700");
    }
}
