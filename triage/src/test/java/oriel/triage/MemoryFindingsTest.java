package oriel.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.HandleInfo;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;
import oriel.testkit.StackBuilder;
import oriel.testkit.SyntheticTarget;
import oriel.triage.report.Confidence;
import oriel.triage.report.CrashReport;
import oriel.triage.report.Finding;

/** What memory, pages and handles around a crash tell of its cause. */
class MemoryFindingsTest {
    private static final int AV = 0xc0000005;

    @Test
    void seesThatTheObjectOfTheFaultingInstructionWasFreed() {
        // mov rax,[rcx]; mov rdx,[rax+8]: rax is null because the object was zeroed and reused,
        // but the rest of it still has the pattern
        byte[] object = filled(0xdd, 64);
        Arrays.fill(object, 0, 8, (byte) 0);
        CrashReport report =
                Scenery.x64()
                        .bytes(0x7ff600000ffdL, new byte[] {0x48, (byte) 0x8b, 0x01})
                        .code("48 8b 50 08 c3")
                        .register("rax", 0)
                        .register("rcx", 0x20000000)
                        .bytes(0x20000000, object)
                        .raise(AV, 0L, 8L)
                        .report();
        Finding found = finding(report, "use-after-free");
        assertThat(found.text())
                .contains("rcx")
                .contains("20000000")
                .contains("filled with dddddddd");
    }

    @Test
    void guessesThatAGuardedBlockWasOverrun() {
        // mov eax,[eax+14h]
        CrashReport report =
                Scenery.x86()
                        .code("8b 40 14 c3")
                        .register("eax", 0xf0ff0)
                        .raise(AV, 0L, 0xf1004L)
                        .report();
        Finding found = finding(report, "buffer-overrun");
        assertThat(found.confidence()).isEqualTo(Confidence.LOW);
        assertThat(found.text()).contains("eax (f0ff0) points 16 bytes before the end of its page");
    }

    @Test
    void tellsFromWhichSlotABadPointerWasLoaded() {
        // mov rax,[rcx+18h]; mov edx,[rax]
        byte[] slot = new StackBuilder(0, 8).word(0x7fff12345678L).build();
        CrashReport report =
                Scenery.x64()
                        .bytes(0x7ff600000ffcL, new byte[] {0x48, (byte) 0x8b, 0x41, 0x18})
                        .code("8b 10 c3")
                        .register("rax", 0x7fff12345678L)
                        .register("rcx", 0x20000000)
                        .bytes(0x20000018, slot)
                        .raise(AV, 0L, 0x7fff12345678L)
                        .report();
        assertThat(finding(report, "pointer-origin").text())
                .contains("rax (7fff12345678) was loaded from 20000018")
                .contains("mov     rax,qword ptr [rcx+18h]");
    }

    @Test
    void doesNotBelieveALoadWhoseSlotHoldsSomethingElse() {
        CrashReport report =
                Scenery.x64()
                        .bytes(0x7ff600000ffcL, new byte[] {0x48, (byte) 0x8b, 0x41, 0x18})
                        .code("8b 10 c3")
                        .register("rax", 0x7fff12345678L)
                        .register("rcx", 0x20000000)
                        .bytes(0x20000018, new byte[8])
                        .raise(AV, 0L, 0x7fff12345678L)
                        .report();
        assertThat(report.findings()).noneMatch(f -> f.kind().equals("pointer-origin"));
    }

    @Test
    void callsAWriteBehindTheEndOfABlockAnOverrun() {
        CrashReport report =
                Scenery.x64()
                        .code("c6 00 41 c3")
                        .register("rax", 0x20001010)
                        .region(0x20000000, 0x1000, MemoryRegion.State.COMMITTED, 4)
                        .region(0x20001000, 0x1000, MemoryRegion.State.RESERVED, 0)
                        .raise(AV, 1L, 0x20001010L)
                        .report();
        Finding found = finding(report, "buffer-overrun");
        assertThat(found.text()).contains("the write is 16 bytes behind the end");
        assertThat(found.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void takesPageHeapForASignOfUseAfterFree() {
        CrashReport report =
                Scenery.x64()
                        .module("C:\\Windows\\System32\\verifier.dll", 0x7ffb00000000L)
                        .code("8b 00 c3")
                        .register("rax", 0x20001ff0)
                        .region(0x20001000, 0x1000, MemoryRegion.State.RESERVED, 0)
                        .raise(AV, 0L, 0x20001ff0L)
                        .report();
        assertThat(finding(report, "use-after-free").text()).contains("page heap is on");
    }

    @Test
    void findsThreadsThatHoldEachOthersMutexes() {
        var target = new SyntheticTarget(Architecture.X86);
        target.module("C:\\Windows\\System32\\ntdll.dll", 0x77000000, 0x100000);
        mutex(target, 0x1c4, 2);
        mutex(target, 0x1c8, 1);
        waiter(target, 0x100000, 0x1c4);
        waiter(target, 0x200000, 0x1c8);
        CrashReport report = Analyzer.analyze(target, Scenery.unnamed(target));
        assertThat(finding(report, "deadlock").text())
                .contains("thread 1 waits for the mutex \"m\" (handle 1c4), which thread 2 owns")
                .contains("thread 2 waits for the mutex \"m\" (handle 1c8), which thread 1 owns");
    }

    private static void mutex(SyntheticTarget target, long handle, long owner) {
        target.handle(
                new HandleInfo(
                        handle,
                        "Mutant",
                        "m",
                        0,
                        0x1f0001,
                        1,
                        1,
                        Optional.of(new ThreadRef(1, owner))));
    }

    private static void waiter(SyntheticTarget target, long stackVa, long handle) {
        byte[] stack = new StackBuilder(stackVa, 4).word(0x77004321).word(handle).build();
        target.bytes(stackVa, stack);
        target.thread(
                RegisterSet.builder(Architecture.X86)
                        .set("eip", 0x77001234)
                        .set("esp", stackVa)
                        .build(),
                new AddressRange(stackVa, stack.length));
    }

    private static byte[] filled(int value, int count) {
        var bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static MemoryRegion region(long va, long size, MemoryRegion.State state, int protection) {
        return new MemoryRegion(
                new AddressRange(va, size),
                OptionalLong.of(0x20000000),
                state,
                protection,
                4,
                MemoryRegion.Type.PRIVATE);
    }

    private static Finding finding(CrashReport report, String kind) {
        List<Finding> found =
                report.findings().stream().filter(f -> f.kind().equals(kind)).toList();
        assertThat(found).as("%s in %s", kind, report.findings()).isNotEmpty();
        return found.get(0);
    }
}
