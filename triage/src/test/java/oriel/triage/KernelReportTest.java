package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.bytes.Bytes;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpTarget;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.testkit.ByteWriter;
import oriel.testkit.KernelScenario;
import oriel.testkit.PagedImage;
import oriel.testkit.PagedImage.Tables;
import oriel.triage.report.BugCheckEntry;
import oriel.triage.report.BugCheckParameter;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Exploitability;
import oriel.triage.report.Fact;
import oriel.triage.report.SuspectedDriver;

/** Reports on a kernel that stopped for one reason or another. */
class KernelReportTest {
    private static final long DRIVER = KernelScenario.DRIVER;
    private static final long OBJECTS = 0xffff8a0000012000L;

    private final KernelScenario scenario = new KernelScenario(Tables.X64);
    private final PagedImage memory = scenario.kernel().memory();

    private CrashReport report(long code, long... parameters) {
        return analyze(scenario.dump(code, parameters).full());
    }

    private static CrashReport analyze(byte[] file) {
        DumpTarget target = DumpTarget.of(Bytes.of(file, "MEMORY.DMP"), DumpOptions.DEFAULT);
        return Analyzer.analyze(target, new Symbolizer(target, SymbolLocator.NONE));
    }

    private static BugCheckEntry stop(CrashReport report) {
        assertThat(report.crashed()).isTrue();
        assertThat(report.diagnostics()).isEmpty();
        return report.bugCheck().orElseThrow();
    }

    @Test
    void pageFaultAtARaisedIrql() {
        CrashReport report = report(0xd1, 0x10, 2, 0, DRIVER + 0x1004);
        BugCheckEntry stop = stop(report);
        assertThat(stop.name()).isEqualTo("DRIVER_IRQL_NOT_LESS_OR_EQUAL");
        assertThat(stop.parameters())
                .extracting(BugCheckParameter::text)
                .containsExactly(
                        "null page, null+0x10", "2 (DISPATCH_LEVEL)", "read", "mydrv+0x1004");
        assertThat(stop.suspect())
                .contains(
                        new SuspectedDriver(
                                "mydrv.sys", Confidence.HIGH, "the faulting instruction is in it"));
        assertThat(report.reason().orElseThrow().summary())
                .isEqualTo(
                        "DRIVER_IRQL_NOT_LESS_OR_EQUAL: read of 8 bytes at 0x10 (null page,"
                                + " null+0x10), at IRQL 2 (DISPATCH_LEVEL)");
        assertThat(report.where().orElseThrow().location().label()).isEqualTo("mydrv+0x1004");
        assertThat(report.bucket().orElseThrow().parts())
                .startsWith("bugcheck d1:c0000005R", "mydrv@64000001+0x1004");
    }

    /** Windows 10 passes on bits of the processor's error code: 2 is a write. */
    @Test
    void pageFaultsOfWindows10() {
        CrashReport write = report(0x50, 0xffffa00012345678L, 2, DRIVER + 0x1004, 2);
        assertThat(stop(write).parameters())
                .extracting(BugCheckParameter::text)
                .contains("write", "no page table");
        assertThat(write.reason().orElseThrow().summary())
                .startsWith("PAGE_FAULT_IN_NONPAGED_AREA: write ");
        CrashReport executed = report(0x50, 0xffffa00012345678L, 0x10, 0xffffa00012345678L, 0);
        assertThat(stop(executed).parameters().get(1).text()).isEqualTo("execute");
        CrashReport old = report(0x50, 0xffffa00012345678L, 1, DRIVER + 0x1004, 0);
        assertThat(stop(old).parameters().get(1).text()).isEqualTo("write");
    }

    @Test
    void rulesOfDriverVerifier() {
        BugCheckEntry handle = stop(report(0xc4, 0xf6, 0x1234, 0, DRIVER + 0x1010));
        assertThat(handle.meaning()).contains("handle of a user process");
        assertThat(handle.suspect().orElseThrow().name()).isEqualTo("mydrv.sys");
        BugCheckEntry reach = stop(report(0xe6, 0x26, irp() - 0x200, 0x1000, 6));
        assertThat(reach.suspect().orElseThrow().name()).isEqualTo("mydrv.sys");
    }

    @Test
    void theBucketIsTheSameForEveryKindOfDump() {
        CrashReport full = report(0xd1, 0x10, 2, 0, DRIVER + 0x1004);
        CrashReport automatic = analyze(scenario.dump().bitmap("SDMP", 7));
        assertThat(automatic.bucket()).isEqualTo(full.bucket());
        assertThat(report(0xe2).bucket()).isNotEqualTo(full.bucket());
    }

    @Test
    void anExceptionThatNobodyHandled() {
        byte[] context = KernelScenario.context(DRIVER + 0x1004, scenario.trapFrame() + 0x190);
        memory.put(OBJECTS, context);
        CrashReport report = report(0x3b, 0xc0000005L, DRIVER + 0x1004, OBJECTS, 0);
        BugCheckEntry stop = stop(report);
        assertThat(stop.details())
                .containsExactly(
                        new Fact(
                                "exception",
                                "STATUS_ACCESS_VIOLATION (0xc0000005) at mydrv+0x1004"));
        assertThat(stop.parameters().get(0).text()).isEqualTo("STATUS_ACCESS_VIOLATION");
        assertThat(report.bucket().orElseThrow().parts().get(0)).startsWith("bugcheck 3b:c0000005");
        CrashReport small = report(0x1000003bL, 0xc0000005L, DRIVER + 0x1004, OBJECTS, 0);
        assertThat(small.bucket()).isEqualTo(report.bucket());
    }

    @Test
    void damagedList() {
        CrashReport report = report(0x139, 3, scenario.trapFrame(), 0, 0);
        BugCheckEntry stop = stop(report);
        assertThat(stop.meaning()).contains("list entry");
        assertThat(stop.particular()).isEqualTo("3");
        assertThat(report.rating().orElseThrow().level()).isEqualTo(Exploitability.EXPLOITABLE);
        assertThat(report.bucket().orElseThrow().humanId()).startsWith("0x139:3 ");
    }

    /** DRIVER_OBJECT, DEVICE_OBJECT and an IRP that waits in the second of two drivers. */
    private long irp() {
        long driver = OBJECTS;
        long device = OBJECTS + 0x200;
        long irp = OBJECTS + 0x400;
        byte[] name = "\\Driver\\mydrv".getBytes(StandardCharsets.UTF_16LE);
        memory.put(driver, 2, 4).put(driver + 0x18, 8, DRIVER).put(driver + 0x38, 2, name.length);
        memory.put(driver + 0x40, 8, driver + 0x100).put(driver + 0x100, name);
        memory.put(device, 2, 3).put(device + 8, 8, driver);
        memory.put(irp, 2, 6).put(irp + 0x42, 1, 1).put(irp + 0x43, 1, 1);
        memory.put(irp + 0xd0, 1, 0x16).put(irp + 0xd1, 1, 2).put(irp + 0xd0 + 0x28, 8, device);
        return irp;
    }

    @Test
    void aPowerRequestThatIsNotAnswered() {
        long irp = irp();
        BugCheckEntry stop = stop(report(0x9f, 3, OBJECTS + 0x200, OBJECTS + 0x800, irp));
        assertThat(stop.suspect())
                .contains(
                        new SuspectedDriver(
                                "mydrv.sys",
                                Confidence.HIGH,
                                "holds the power request (IRP 0x"
                                        + Long.toHexString(irp)
                                        + "), as \\Driver\\mydrv"));
        assertThat(stop.parameters().get(3).text()).isEqualTo("in \\Driver\\mydrv (mydrv.sys)");
        assertThat(stop.details())
                .containsExactly(
                        new Fact(
                                "request waits in",
                                "\\Driver\\mydrv (mydrv.sys), major function 0x16, minor 0x2"));
    }

    @Test
    void aDisplayDriverThatHangs() {
        BugCheckEntry stop = stop(report(0x116, OBJECTS, DRIVER + 0x1010, 0xc000009aL, 4));
        assertThat(stop.suspect().orElseThrow().name()).isEqualTo("mydrv.sys");
        assertThat(stop.parameters().get(2).text()).isEqualTo("STATUS_INSUFFICIENT_RESOURCES");
    }

    @Test
    void aWatchdogOfDpcs() {
        BugCheckEntry stop = stop(report(0x133, 0, 0x501, 0x500, 0));
        assertThat(stop.details())
                .containsExactly(
                        new Fact("time", "1281 ticks of 1280 allowed"),
                        new Fact("processors", "stopped on 0; 2 of 2 were not idle"));
        assertThat(stop.particular()).isEqualTo("0");
    }

    @Test
    void hardwareThatReportsAnError() {
        var record = new ByteWriter().u32(0x52455043).u16(0x210).u32(-1).u16(1).u32(1).u32(0);
        record.u32(0x80 + 72 + 0x48).padTo(0x50);
        record.u64(0x4cc5919ce8f56ffeL).u64(0x1349b1ab8865ba88L >>> 0).padTo(0x80);
        record.u32(0x80 + 72).u32(0x48).padTo(0x80 + 0x10);
        record.u64(0x455742f98a1e1d01L).u64(0xe8f7c35c5e56339cL).padTo(0x80 + 0x30);
        record.u32(1).padTo(0x80 + 72);
        record.u32(2).u32(1).u64(0).u32(5).u64(0).u64(0).u32(3);
        record.u64(0xbe0000000001009fL).u64(0x12345000L).u64(0).u32(0).u32(0);
        memory.put(OBJECTS, record.toBytes());
        CrashReport report = report(0x124, 0, OBJECTS, 0xbe000000L, 0x1009f);
        BugCheckEntry stop = stop(report);
        assertThat(stop.suspect()).isEmpty();
        assertThat(stop.details())
                .contains(
                        new Fact("severity", "fatal"),
                        new Fact("section", "machine check, fatal"),
                        new Fact("machine check", "memory controller, read error"),
                        new Fact("physical address", "0x12345000"))
                .anyMatch(f -> f.value().startsWith("3 of processor 5, status 0xbe0000000001009f"));
        assertThat(report.rating().orElseThrow().rule()).isEqualTo("HardwareFailure");
    }

    @Test
    void doubleFault() {
        CrashReport report = report(0x7f, 8, 0, 0, DRIVER + 0x1004);
        BugCheckEntry stop = stop(report);
        assertThat(stop.meaning()).contains("kernel stack ran out");
        assertThat(stop.details()).isEmpty();
        assertThat(stop.suspect().orElseThrow().name()).isEqualTo("mydrv.sys");
        assertThat(report.bucket().orElseThrow().parts().get(0)).isEqualTo("bugcheck 7f:8");
    }

    @Test
    void hardwareWithoutARecord() {
        BugCheckEntry stop = stop(report(0x124, 0, 0xffff900000000000L, 0xb2000000L, 0x70005L));
        assertThat(stop.details()).contains(new Fact("machine check", "internal parity error"));
    }

    @Test
    void aProcessThatMustNotEnd() {
        BugCheckEntry stop = stop(report(0xef, scenario.program(), 0, 0, 0));
        assertThat(stop.parameters().get(0).text()).isEqualTo("app.exe, process 1528");
        assertThat(stop.parameters().get(1).text()).isEqualTo("a process");
    }

    @Test
    void somebodyAskedForIt() {
        CrashReport report = report(0xe2, 0, 0, 0, 0);
        assertThat(stop(report).suspect()).isEmpty();
        assertThat(report.rating().orElseThrow().level())
                .isEqualTo(Exploitability.NOT_AN_EXCEPTION);
    }

    @Test
    void aCodeThatNobodyKnows() {
        CrashReport report = report(0x7777, 1, 2, 3, 4);
        BugCheckEntry stop = stop(report);
        assertThat(stop.name()).isEqualTo("0x7777");
        assertThat(stop.parameters()).extracting(BugCheckParameter::meaning).containsOnly("");
        assertThat(report.reason().orElseThrow().summary()).startsWith("0x7777");
        assertThat(report.bucket()).isPresent();
    }

    @Test
    void theStacksOfAllProcessorsComeFirst() {
        CrashReport report = report(0xd1, 0x10, 2, 0, DRIVER + 0x1004);
        List<String> names =
                report.stacks().stream().map(s -> s.threads().get(0).name().orElse("")).toList();
        assertThat(names).containsExactly("CPU 0, System", "CPU 1, app.exe", "System");
    }

    @Test
    void everyParameterMayBeWild() {
        long[] values = {0, -1, 0xffff900000000000L, OBJECTS, 3};
        byte[] file = scenario.dump(0).full();
        for (int code = 1; code < 0x1e0; code++) {
            ByteWriter.put32(file, 0x38, code);
            for (int i = 0; i < 4; i++) {
                ByteWriter.put64(file, 0x40 + 8 * i, values[(code + i) % values.length]);
            }
            CrashReport report = analyze(file);
            assertThat(report.diagnostics()).as("0x%x", code).isEmpty();
            assertThat(report.bugCheck()).isPresent();
        }
    }
}
