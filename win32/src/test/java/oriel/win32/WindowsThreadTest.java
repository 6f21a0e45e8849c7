package oriel.win32;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.model.AddressRange;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;

@Timeout(600)
@NeedsWindows
class WindowsThreadTest {
    @Test
    void readsTheRegistersOfABusyThread() {
        try (Debuggee live = Debuggee.start("spin");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            assertThat(thread.suspend()).isZero();
            thread.resume();
            RegisterSet registers = heldIn(thread, process.modules().get(0).range());
            long teb = thread.tebVa();
            long top = process.memory().unsigned(teb + 8, 8).orElseThrow();
            long bottom = process.memory().unsigned(teb + 16, 8).orElseThrow();
            assertThat(registers.sp().orElseThrow()).isBetween(bottom, top);
            assertThat(process.memory().unsigned(teb + 0x48, 4)).hasValue(live.told("thread"));
            thread.register("r15", 0x1122334455667788L);
            assertThat(thread.registers().value("r15")).hasValue(0x1122334455667788L);
            assertThat(thread.registers().pc()).isEqualTo(registers.pc());
            assertThat(thread.resume()).isEqualTo(1);
            assertThat(thread.isAlive()).isTrue();
            assertThat(thread.exitCode()).isEmpty();
            assertThat(thread.times().created()).isPresent();
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void readsTheRegistersOfA32BitThread() {
        try (Debuggee live = Debuggee.start32("spin");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            AddressRange program = process.modules().get(0).range();
            RegisterSet registers = heldIn(thread, program);
            assertThat(registers.sp()).isPresent();
            long teb = thread.tebVa();
            assertThat(process.memory().unsigned(teb + 0x18, 4)).hasValue(teb);
            assertThat(process.memory().unsigned(teb + 0x24, 4)).hasValue(live.told("thread"));
            thread.register("esi", 0x12345678);
            assertThat(thread.registers().value("esi")).hasValue(0x12345678);
            thread.resume();
        }
    }

    /**
     * Holds a thread in its own code; it begins to spin only after it has said that it is ready.
     */
    private static RegisterSet heldIn(WindowsThread thread, AddressRange program) {
        while (true) {
            thread.suspend();
            RegisterSet registers = thread.registers();
            if (program.contains(registers.pc().orElseThrow())) {
                return registers;
            }
            thread.resume();
        }
    }

    @Test
    void callsAFunctionInTheProcess() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            long raise =
                    process.exports(process.modules().get(0)).address("live_raise").orElseThrow();
            assertThat(RemoteCode.call(process, raise, 5, Duration.ofSeconds(240)).result())
                    .isEqualTo(77);
            assertThat(process.memory().unsigned(live.told("counter"), 4)).hasValue(5);
            // lea eax, [rcx+2]; ret
            byte[] code = {(byte) 0x8d, 0x41, 0x02, (byte) 0xc3};
            List<AddressRange> before = ownCode(process);
            assertThat(RemoteCode.run(process, code, 40, Duration.ofSeconds(240)).result())
                    .isEqualTo(42);
            assertThat(ownCode(process)).isEqualTo(before);
        }
    }

    /** Where a process has code that is of no file. */
    private static List<AddressRange> ownCode(WindowsProcess process) {
        return process.memory().map().stream()
                .filter(r -> r.type() == MemoryRegion.Type.PRIVATE)
                .filter(r -> process.memory().isExecutable(new AddressRange(r.range().start(), 1)))
                .map(MemoryRegion::range)
                .toList();
    }

    @Test
    void startsAThreadThatWaits() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            long raise =
                    process.exports(process.modules().get(0)).address("live_raise").orElseThrow();
            try (WindowsThread thread = RemoteCode.start(process, raise, 3, true)) {
                assertThat(thread.isAlive()).isTrue();
                assertThat(process.memory().unsigned(live.told("counter"), 4)).hasValue(0);
                assertThat(process.threads())
                        .extracting(ThreadEntry::threadId)
                        .contains(thread.threadId());
                thread.resume();
                assertThat(thread.await(Duration.ofSeconds(240))).isTrue();
                assertThat(thread.exitCode()).hasValue(77);
            }
            assertThat(process.memory().unsigned(live.told("counter"), 4)).hasValue(3);
        }
    }

    @Test
    void countsHoldsAndGivesNames() {
        try (Debuggee live = Debuggee.start("wait");
                WindowsProcess process = WindowsProcess.open(live.processId());
                WindowsThread thread = WindowsThread.open(process, live.told("thread"))) {
            assertThat(thread.suspendCount()).hasValue(0);
            thread.suspend();
            thread.suspend();
            assertThat(thread.suspendCount()).hasValue(2);
            assertThat(process.isHeld(process.threads())).isTrue();
            try (LiveTarget target = LiveTarget.open(live.processId(), false)) {
                // What this holds itself does not count.
                assertThat(target.threads().get(0).suspendCount()).hasValue(2);
            }
            thread.resume();
            thread.resume();
            assertThat(thread.suspendCount()).hasValue(0);
            assertThat(process.isHeld(process.threads())).isFalse();
            assertThat(process.isHeld(List.of())).isFalse();
            thread.name("\u0436 worker");
            assertThat(thread.name()).hasValue("\u0436 worker");
            assertThat(thread.windows()).isEmpty();
        }
    }

    @Test
    void killsOneThread() {
        try (Debuggee live = Debuggee.start("threads", "1");
                WindowsProcess process = WindowsProcess.open(live.processId())) {
            long other =
                    process.threads().stream()
                            .mapToLong(ThreadEntry::threadId)
                            .filter(t -> t != live.told("thread"))
                            .max()
                            .orElseThrow();
            try (WindowsThread thread = WindowsThread.open(process, other)) {
                thread.kill(4);
                assertThat(thread.await(Duration.ofSeconds(240))).isTrue();
                assertThat(thread.exitCode()).hasValue(4);
            }
            assertThat(process.isAlive()).isTrue();
        }
    }
}
