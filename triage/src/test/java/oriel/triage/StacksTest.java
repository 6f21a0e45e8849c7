package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.Symbolizer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.model.ThreadRef;
import oriel.model.UnloadedModule;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Finding;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.RecursionEntry;
import oriel.triage.report.StackSection;

class StacksTest {
    private static final long BASE = 0x400000;

    /** app+0x1000 is {@code call app+0x1000} three times, so that 0x1005 and 0x100a are returns. */
    private static final byte[] CALLS = {
        (byte) 0xe8, -5, -1, -1, -1, (byte) 0xe8, -10, -1, -1, -1, (byte) 0xe8, -15, -1, -1, -1, -61
    };

    @Test
    void showsTenThousandFramesAsOneLine() {
        long stackVa = 0x100000;
        var stack = new StackBuilder(stackVa, 4);
        int frames = 10_000;
        for (int i = 0; i < frames; i++) {
            stack.word(i == frames - 1 ? 0 : stackVa + (i + 1) * 8L).word(BASE + 0x1005);
        }
        CrashReport report = analyze(x86(stackVa, stack.word(0).word(0).build(), 0xc00000fd));
        StackSection section = report.stacks().get(0);
        assertThat(section.frameCount()).isGreaterThan(9_000);
        assertThat(section.entries()).hasSizeLessThan(6);
        assertThat(section.entries())
                .anyMatch(e -> e instanceof RecursionEntry r && r.times() > 9_000);
        assertThat(report.findings().get(0).kind()).isEqualTo("endless-recursion");
        assertThat(report.findings().get(0).confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void groupsThreadsThatWaitInTheSamePlace() {
        SyntheticTarget target = x86(0x100000, new byte[64], 0xc0000005);
        for (int i = 1; i <= 17; i++) {
            waiter(target, 0x100000 + i * 0x10000L);
        }
        CrashReport report = analyze(target);
        assertThat(report.stacks()).hasSize(2);
        assertThat(report.stacks().get(0).crashed()).isTrue();
        assertThat(report.stacks().get(0).threads()).hasSize(1);
        assertThat(report.stacks().get(1).threads()).hasSize(17);
    }

    @Test
    void findsThreadsThatWaitForEachOther() {
        SyntheticTarget target = x86(0x100000, new byte[64], 0x80000003);
        target.module("C:\\Windows\\System32\\ntdll.dll", 0x77000000, 0x100000);
        long sections = 0x20000000;
        // {debug information, lock count -6: one waiter, recursion, owner, semaphore, spin count}
        target.bytes(sections, section(3));
        target.bytes(sections + 0x100, section(2));
        lockWaiter(target, 0x200000, sections);
        lockWaiter(target, 0x300000, sections + 0x100);
        Finding deadlock = finding(analyze(target), "deadlock");
        assertThat(deadlock.text())
                .contains("thread 2 waits for the critical section 20000000, which thread 3 owns")
                .contains("thread 3 waits for the critical section 20000100, which thread 2 owns");
        assertThat(deadlock.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void doesNotCallOneLockADeadlock() {
        SyntheticTarget target = x86(0x100000, new byte[64], 0x80000003);
        target.module("C:\\Windows\\System32\\ntdll.dll", 0x77000000, 0x100000);
        target.bytes(0x20000000, section(1));
        lockWaiter(target, 0x200000, 0x20000000);
        CrashReport report = analyze(target);
        assertThat(report.findings()).noneMatch(f -> f.kind().equals("deadlock"));
        assertThat(finding(report, "contended-lock").text()).contains("which thread 1 owns");
    }

    @Test
    void recognisesACallIntoAnUnloadedModule() {
        long gone = 0x66000000;
        byte[] stack = new StackBuilder(0x100000, 4).word(BASE + 0x1005).fill(8, 0).build();
        SyntheticTarget target = bare(0x100000, stack);
        target.unloaded(new UnloadedModule(new AddressRange(gone, 0x10000), "plugin.dll", 1, 1));
        crash(target, gone + 0x1234, 0x100000, stack.length, 0xc0000005, 8L, gone + 0x1234);
        CrashReport report = analyze(target);
        assertThat(finding(report, "call-to-unloaded-module").text()).contains("plugin.dll+0x1234");
        FrameEntry first = (FrameEntry) report.stacks().get(0).entries().get(0);
        assertThat(first.label()).isEqualTo("<unloaded plugin.dll>+0x1234");
        assertThat(report.access().orElseThrow().place().text())
                .isEqualTo("unloaded plugin.dll+0x1234");
    }

    @Test
    void saysSoWhenTheCrashingThreadIsMissing() {
        var target = new SyntheticTarget(Architecture.X64);
        target.exception(
                new TargetException(
                        new ThreadRef(1, 99),
                        0xc0000005,
                        0,
                        0x1234,
                        OptionalLong.empty(),
                        List.of(0L, 0L)));
        CrashReport report = analyze(target);
        assertThat(report.reason()).isPresent();
        assertThat(report.where().orElseThrow().pc()).isEqualTo(0x1234);
        assertThat(report.diagnostics().toString()).contains("thread 99");
    }

    private static byte[] section(int owner) {
        return new StackBuilder(0, 4)
                .word(0xffffffffL)
                .word(-6)
                .word(1)
                .word(owner)
                .fill(4, 0)
                .build();
    }

    private static void lockWaiter(SyntheticTarget target, long stackVa, long section) {
        byte[] stack = new StackBuilder(stackVa, 4).fill(5, 0).word(section).fill(8, 0).build();
        target.bytes(stackVa, stack);
        target.thread(registers(0x77001234, stackVa), new AddressRange(stackVa, stack.length));
    }

    private static void waiter(SyntheticTarget target, long stackVa) {
        target.bytes(stackVa, new byte[64]);
        target.thread(registers(BASE + 0x100a, stackVa), new AddressRange(stackVa, 64));
    }

    private static SyntheticTarget x86(long stackVa, byte[] stack, int code) {
        SyntheticTarget target = bare(stackVa, stack);
        crash(target, BASE + 0x1000, stackVa, stack.length, code, 1L, 0L);
        return target;
    }

    private static SyntheticTarget bare(long stackVa, byte[] stack) {
        var target = new SyntheticTarget(Architecture.X86);
        target.module("C:\\app\\app.exe", BASE, 0x10000);
        target.bytes(BASE + 0x1000, CALLS);
        target.bytes(stackVa, stack);
        return target;
    }

    private static void crash(
            SyntheticTarget target,
            long pc,
            long sp,
            int stackBytes,
            int code,
            Long... parameters) {
        target.thread(registers(pc, sp), new AddressRange(sp, stackBytes));
        target.exception(
                new TargetException(
                        new ThreadRef(1, 1),
                        code,
                        0,
                        pc,
                        OptionalLong.empty(),
                        List.of(parameters)));
    }

    private static RegisterSet registers(long pc, long sp) {
        return RegisterSet.builder(Architecture.X86)
                .set("eip", pc)
                .set("esp", sp)
                .set("ebp", sp)
                .build();
    }

    private static CrashReport analyze(SyntheticTarget target) {
        return Analyzer.analyze(target, new Symbolizer(target, SymbolLocator.NONE));
    }

    private static Finding finding(CrashReport report, String kind) {
        Optional<Finding> found =
                report.findings().stream().filter(f -> f.kind().equals(kind)).findFirst();
        assertThat(found).as(kind + " in " + report.findings()).isPresent();
        return found.orElseThrow();
    }
}
