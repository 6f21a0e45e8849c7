package oriel.engine.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import oriel.bytes.Bytes;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelProcess;
import oriel.engine.kernel.ProcessTarget;
import oriel.engine.unwind.StackWalker;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.BugCheck;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.testkit.ByteWriter;
import oriel.testkit.Corpus;
import oriel.testkit.KernelDumpBuilder;
import oriel.testkit.KernelDumpBuilder.Block;
import oriel.testkit.KernelDumpBuilder.Driver;
import oriel.testkit.KernelOffsets;
import oriel.testkit.KernelScenario;
import oriel.testkit.NeedsCorpus;
import oriel.testkit.PagedImage;
import oriel.testkit.PagedImage.Tables;
import oriel.testkit.SyntheticImage;
import oriel.testkit.SyntheticKernel;

class KernelDumpTargetTest {
    private static final long DRIVER = KernelScenario.DRIVER;

    private static DumpTarget open(byte[] file) {
        return DumpTarget.of(Bytes.of(file, "MEMORY.DMP"), DumpOptions.DEFAULT);
    }

    private static List<Long> pcs(Target target, TargetThread thread) {
        return new StackWalker(target, List.of())
                .walk(thread).frames().stream().map(StackFrame::pc).toList();
    }

    private static void assertIsTheScenario(KernelScenario scenario, byte[] file) {
        DumpTarget target = open(file);
        long nt = scenario.kernel().kernelBase();
        assertThat(target.diagnostics()).isEmpty();
        assertThat(target.architecture()).isEqualTo(Architecture.X64);
        assertThat(target.system().version()).isEqualTo("10.0.19041");
        assertThat(target.modules())
                .extracting(LoadedModule::name)
                .containsExactly("ntoskrnl.exe", "mydrv.sys");
        BugCheck stop = target.bugCheck().orElseThrow();
        assertThat(stop.code()).isEqualTo(0xd1);
        assertThat(stop.parameters()).containsExactly(0x10L, 2L, 0L, DRIVER + 0x1004);
        assertThat(stop.processor()).isEqualTo(OptionalInt.of(0));
        assertThat(stop.irql()).isEqualTo(OptionalInt.of(2));
        TargetThread thread = target.thread(stop.thread().threadId()).orElseThrow();
        assertThat(thread.ref().threadId()).isEqualTo(0x3c);
        assertThat(thread.registers().pc()).hasValue(DRIVER + 0x1004);
        assertThat(pcs(target, thread)).containsExactly(DRIVER + 0x1004, nt + 0x1420, nt + 0x1612);
        TargetException exception = target.exception().orElseThrow();
        assertThat(exception.code()).isEqualTo(0xc0000005);
        assertThat(exception.parameters()).containsExactly(0L, 0x10L);
        assertThat(target.threads()).hasSize(4);
        assertThat(target.threads().get(1).name()).contains("CPU 1, app.exe");
        TargetThread waiting = target.thread(0x1a8).orElseThrow();
        assertThat(pcs(target, waiting)).containsExactly(nt + 0x1a10, nt + 0x1c20, nt + 0x1630);
        assertThat(target.readableRanges())
                .anyMatch(range -> range.contains(nt))
                .noneMatch(range -> range.contains(0x20000));
    }

    @Test
    void everyKindOfDumpWithPagesTellsTheSame() {
        var scenario = new KernelScenario(Tables.X64);
        assertIsTheScenario(scenario, scenario.dump().full());
        assertIsTheScenario(scenario, scenario.dump().bitmap("FDMP", 5));
        assertIsTheScenario(scenario, scenario.dump().bitmap("SDMP", 6));
        assertIsTheScenario(scenario, scenario.dump().bitmap("SDMP", 7));
        assertIsTheScenario(scenario, scenario.dump().summary());
    }

    @Test
    void fiveLevels() {
        var scenario = new KernelScenario(Tables.X64_LA57);
        assertIsTheScenario(scenario, scenario.dump().full());
    }

    @Test
    void aBuildThatNoTableKnows() {
        var scenario = new KernelScenario(Tables.X64, KernelOffsets.unknown64());
        assertIsTheScenario(scenario, scenario.dump().full());
    }

    @Test
    void oneProcess() {
        var scenario = new KernelScenario(Tables.X64);
        DumpTarget target = open(scenario.dump().full());
        Kernel kernel = target.kernel().orElseThrow();
        KernelProcess app = kernel.processes().get(2);
        ProcessTarget process = ProcessTarget.of(target, kernel, app).orElseThrow();
        assertThat(process.modules())
                .extracting(LoadedModule::name)
                .containsExactly("app.exe", "ntdll.dll", "ntoskrnl.exe", "mydrv.sys");
        assertThat(process.threads()).hasSize(1);
        assertThat(process.bugCheck()).as("another one stopped the system").isEmpty();
        assertThat(process.memory().readUpTo(0x20000, 4)).isEqualTo("only".getBytes());
        assertThat(process.readableRanges()).contains(new AddressRange(0x20000, 0x1000));
        assertThat(process.process().processId()).hasValue(0x5f8);
        ProcessTarget system =
                ProcessTarget.of(target, kernel, kernel.processes().get(0)).orElseThrow();
        assertThat(system.bugCheck()).isPresent();
    }

    // What bug checks point to

    private static final long RECORDS = 0xffff8a0000012000L;

    @Test
    void theContextRecordIsFollowed() {
        var scenario = new KernelScenario(Tables.X64);
        PagedImage memory = scenario.kernel().memory();
        byte[] context = KernelScenario.context(DRIVER + 0x1008, scenario.trapFrame() + 0x190);
        ByteWriter.put64(context, 0x80, 0xbad);
        memory.put(RECORDS, context);
        for (long code : new long[] {0x3b, 0x1000007eL}) {
            boolean withRecord = code != 0x3b;
            byte[] record = new byte[152];
            ByteWriter.put32(record, 0, 0xc000001dL);
            ByteWriter.put64(record, 16, DRIVER + 0x1008);
            memory.put(RECORDS + 0x600, record);
            DumpTarget target =
                    open(
                            scenario.dump(
                                            code,
                                            0xc000001dL,
                                            DRIVER + 0x1008,
                                            withRecord ? RECORDS + 0x600 : RECORDS,
                                            withRecord ? RECORDS : 0)
                                    .full());
            RegisterSet registers = target.threads().get(0).registers();
            assertThat(registers.value("rcx")).hasValue(0xbad);
            assertThat(registers.pc()).hasValue(DRIVER + 0x1008);
            assertThat(target.exception().orElseThrow().code()).isEqualTo(0xc000001d);
            assertThat(target.annotations().toString())
                    .contains("context record at " + Long.toHexString(RECORDS));
        }
    }

    @Test
    void theTrapFrameIsFollowed() {
        var scenario = new KernelScenario(Tables.X64);
        byte[] record = new byte[152];
        ByteWriter.put32(record, 0, 0xc0000409L);
        ByteWriter.put64(record, 16, DRIVER + 0x1004);
        ByteWriter.put32(record, 24, 1);
        ByteWriter.put64(record, 32, 3);
        scenario.kernel().memory().put(RECORDS, record);
        DumpTarget target = open(scenario.dump(0x139, 3, scenario.trapFrame(), RECORDS, 0).full());
        assertThat(target.exception().orElseThrow().code()).isEqualTo(0xc0000409);
        assertThat(target.exception().orElseThrow().parameters()).containsExactly(3L);
        assertThat(target.threads().get(0).registers().pc()).hasValue(DRIVER + 0x1004);
    }

    @Test
    void recordsThatAreNotThereAreLeftOut() {
        var scenario = new KernelScenario(Tables.X64);
        for (long code : new long[] {0x1e, 0x24, 0x3b, 0x3d, 0x7e, 0x7f, 0x8e, 0x139, 0x1aa}) {
            DumpTarget target = open(scenario.dump(code, 1, 2, 3, 0xffff900000000123L).full());
            assertThat(target.threads().get(0).registers().pc())
                    .hasValue(scenario.kernel().kernelBase() + 0x1000);
        }
    }

    // Small dumps

    private static byte[] small(KernelScenario scenario, boolean withStructures) {
        DumpTarget full = open(scenario.dump().full());
        Memory memory = full.memory();
        long nt = scenario.kernel().kernelBase();
        long data = scenario.kernel().debuggerDataVa();
        long stack = scenario.trapFrame() - 8 - 0x138 - 8;
        long prcb = full.kernel().orElseThrow().processors().get(0).prcbVa();
        var blocks = new ArrayList<Block>();
        blocks.add(new Block(DRIVER, memory.readUpTo(DRIVER, 0x5000)));
        blocks.add(new Block(nt, memory.readUpTo(nt, 0x5000)));
        if (withStructures) {
            blocks.add(new Block(prcb, memory.readUpTo(prcb, 0x1000)));
            blocks.add(new Block(data + 0x440, memory.readUpTo(data + 0x440, 8)));
        }
        return scenario.dump()
                .triage(
                        new Block(stack, memory.readUpTo(stack, 0x700)),
                        withStructures
                                ? Map.of(
                                        "prcb",
                                        memory.readUpTo(prcb, 0x1000),
                                        "process",
                                        memory.readUpTo(scenario.systemProcess(), 0x800),
                                        "thread",
                                        memory.readUpTo(scenario.crashingThread(), 0x800))
                                : Map.of(),
                        memory.readUpTo(data, 0x380),
                        List.of(
                                new Driver("\\SystemRoot\\nt.exe", nt, 0x10000, 1),
                                new Driver("C:\\mydrv.sys", DRIVER, 0x8000, 7)),
                        blocks);
    }

    @Test
    void smallDump() {
        var scenario = new KernelScenario(Tables.X64);
        long nt = scenario.kernel().kernelBase();
        for (boolean withStructures : new boolean[] {false, true}) {
            DumpTarget target = open(small(scenario, withStructures));
            assertThat(target.modules())
                    .extracting(LoadedModule::name)
                    .containsExactly("nt.exe", "mydrv.sys");
            TargetThread thread = target.threads().get(0);
            assertThat(thread.registers().pc()).hasValue(DRIVER + 0x1004);
            assertThat(pcs(target, thread))
                    .containsExactly(DRIVER + 0x1004, nt + 0x1420, nt + 0x1612);
            // No list, but the process whose thread ran.
            Kernel kernel = target.kernel().orElseThrow();
            assertThat(kernel.processes())
                    .extracting(KernelProcess::name)
                    .isEqualTo(withStructures ? List.of("System") : List.of());
            assertThat(kernel.listsAllProcesses()).isFalse();
        }
    }

    @Test
    void theThreadAndTheProcessOfASmallDump() {
        DumpTarget target = open(small(new KernelScenario(Tables.X64), true));
        TargetThread thread = target.threads().get(0);
        assertThat(thread.ref().threadId()).isEqualTo(0x3c);
        assertThat(thread.ref().processId()).isEqualTo(4);
        assertThat(thread.name()).contains("CPU 0, System");
        assertThat(target.annotations().toString())
                .contains("System, process 4")
                .contains("recovered by checks");
        assertThat(target.streams())
                .anyMatch(s -> s.title().equals("thread (ETHREAD)") && s.sizeBytes() == 0x800);
    }

    @Test
    @NeedsCorpus
    void arm64() throws Exception {
        DumpTarget target =
                DumpTarget.open(
                        Corpus.file("kdlib/win10_arm64_mem/win10_arm64_mem.dmp"),
                        DumpOptions.DEFAULT);
        assertThat(target.architecture()).isEqualTo(Architecture.ARM64);
        assertThat(target.system().version()).isEqualTo("10.0.17134");
        assertThat(target.system().processors()).hasValue(8);
        BugCheck stop = target.bugCheck().orElseThrow();
        assertThat(stop.code()).isEqualTo(0xe2);
        Kernel kernel = target.kernel().orElseThrow();
        assertThat(kernel.debuggerData().orElseThrow().va()).isEqualTo(0xfffff801bce5ef70L);
        assertThat(kernel.access().loadedModulesVa()).hasValue(0xfffff801bce76c30L);
        assertThat(kernel.processors()).hasSize(8);
        assertThat(target.threads()).hasSize(8);
        TargetThread thread = target.thread(stop.thread().threadId()).orElseThrow();
        var trace = new StackWalker(target, List.of()).walk(thread);
        assertThat(trace.frames()).hasSizeGreaterThanOrEqualTo(11);
        assertThat(trace.frames().get(0).pc()).isEqualTo(0xfffff801bcd52de8L);
        assertThat(target.moduleAt(trace.frames().get(0).pc()).orElseThrow().name())
                .isEqualTo("ntoskrnl.exe");
        assertThat(trace.frames().subList(0, 11))
                .allMatch(frame -> frame.trust() != FrameTrust.SCAN);
    }

    // Other machines

    private static byte[] context(int machine, long pc, long sp) {
        return switch (machine) {
            case 0x14c -> {
                byte[] context = new byte[0x2cc];
                ByteWriter.put32(context, 0, 0x1001f);
                ByteWriter.put32(context, 0xb8, pc);
                ByteWriter.put32(context, 0xbc, 8);
                ByteWriter.put32(context, 0xc4, sp);
                yield context;
            }
            case 0x1c4 -> {
                byte[] context = new byte[0x1a0];
                ByteWriter.put32(context, 0, 0x200007);
                ByteWriter.put32(context, 0x38, sp);
                ByteWriter.put32(context, 0x40, pc);
                yield context;
            }
            default -> {
                byte[] context = new byte[0x390];
                ByteWriter.put32(context, 0, 0x400007);
                ByteWriter.put64(context, 0x100, sp);
                ByteWriter.put64(context, 0x108, pc);
                yield context;
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"X86", "PAE", "ARM", "ARM64"})
    void otherMachines(Tables tables) {
        int machine =
                switch (tables) {
                    case ARM -> 0x1c4;
                    case ARM64 -> 0xaa64;
                    default -> 0x14c;
                };
        boolean wide = tables == Tables.ARM64;
        KernelOffsets offsets =
                wide
                        ? KernelOffsets.unknown64()
                        : tables == Tables.ARM ? KernelOffsets.unknown32() : KernelOffsets.x86();
        var system = new SyntheticKernel(tables, machine, offsets);
        long nt = system.kernelBase();
        system.driver(
                new SyntheticImage(machine, "nt.exe", 0x10000, 9), nt, "\\SystemRoot\\nt.exe");
        PagedImage memory = system.memory();
        long root = memory.kernelRoot();
        long process = system.process(4, 0, "System", root, 1L << 56);
        long thread = system.thread(process, 8, nt + 0x1000);
        system.thread(process, 12, nt + 0x1000);
        long space = memory.newSpace();
        system.process(0x5f8, 4, "app.exe", space, 1L << 56);
        memory.use(space).text(0x20000, "only in app.exe").use(root);
        byte[] context = context(machine, nt + 0x1010, system.stackEnd(thread) - 0x100);
        system.processor(thread, 0, 0, context);
        Supplier<KernelDumpBuilder> dump =
                () -> system.dump(7601).pae(tables == Tables.PAE).bugCheck(0xe2).context(context);
        var files = new ArrayList<byte[]>(List.of(dump.get().full(), dump.get().summary()));
        if (wide) {
            files.add(dump.get().bitmap("FDMP", 5));
            files.add(dump.get().bitmap("SDMP", 6));
            files.add(dump.get().bitmap("SDMP", 7));
        }
        for (byte[] file : files) {
            DumpTarget target = open(file);
            assertThat(target.diagnostics()).isEmpty();
            assertThat(target.modules()).extracting(LoadedModule::name).containsExactly("nt.exe");
            assertThat(target.threads()).hasSize(2);
            assertThat(target.threads().get(0).ref().threadId()).isEqualTo(8);
            assertThat(target.threads().get(0).registers().pc()).hasValue(nt + 0x1010);
            assertThat(target.memory().readUpTo(nt, 2)).isEqualTo(new byte[] {'M', 'Z'});
            assertThat(target.kernel().orElseThrow().processes())
                    .extracting(KernelProcess::name)
                    .containsExactly("System", "app.exe");
            Kernel kernel = target.kernel().orElseThrow();
            ProcessTarget app =
                    ProcessTarget.of(target, kernel, kernel.processes().get(1)).orElseThrow();
            assertThat(app.memory().readUpTo(0x20000, 15)).isEqualTo("only in app.exe".getBytes());
            assertThat(app.readableRanges()).contains(new AddressRange(0x20000, 0x1000));
            assertThat(target.memory().readUpTo(0x20000, 4)).isEmpty();
        }
    }
}
