package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import oriel.kd.KdSession.Exceptions;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StaleStopException;
import oriel.testkit.kd.ScriptedKernel;

/** A session against a scripted target over TCP. */
class KdSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long CODE = ScriptedKernel.BASE + 0x1000;

    private static ScriptedKernel x64() {
        return new ScriptedKernel(true, 2).path(CODE, CODE + 4, CODE + 9);
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void stopsARunningTargetAndSaysWhatItIs() {
        try (var line = new TestLine(x64())) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.architecture()).isEqualTo(Architecture.X64);
            assertThat(stop.pc()).isEqualTo(ScriptedKernel.BREAK_VA);
            assertThat(stop.threads()).hasSize(2);
            assertThat(stop.version().build()).isEqualTo(19041);
            assertThat(stop.version().kernelBase()).isEqualTo(ScriptedKernel.BASE);
            assertThat(stop.version().product()).isEqualTo("Windows 10");
            assertThat(stop.exception().orElseThrow().code()).isEqualTo(0x80000003);
        }
    }

    @Test
    void attachesToATargetThatIsStoppedAlready() {
        ScriptedKernel kernel = x64();
        kernel.loadSymbols("\\SystemRoot\\system32\\ntoskrnl.exe", ScriptedKernel.BASE, 0x9000);
        try (var line = new TestLine(kernel)) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.change().event().toString()).contains("ntoskrnl.exe");
            assertThat(stop.exception()).isEmpty();
        }
    }

    @Test
    void readsMemoryAcrossPacketsAndUpToAHole() {
        byte[] wanted = random(20_000);
        ScriptedKernel kernel = x64().memory(0xffffb00000000000L, wanted).cap(2000);
        try (var line = new TestLine(kernel)) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.memory().readFully(0xffffb00000000000L, wanted.length))
                    .isEqualTo(wanted);
            // Five pages are there.
            byte[] got = stop.memory().readUpTo(0xffffb00000004f00L, 0x1000);
            assertThat(got).hasSize(0x100);
            assertThat(stop.memory().readUpTo(0xffffb00000004ff8L, 16)).hasSize(8);
            assertThat(stop.memory().readUpTo(0x1000, 16)).isEmpty();
        }
    }

    @Test
    void readsAndWritesPhysicalMemory() {
        byte[] wanted = random(10_000);
        try (var line = new TestLine(x64().physical(0x1aa000, wanted))) {
            KdStop stop = line.session.attach(PATIENCE);
            var got = new byte[10_000];
            assertThat(stop.physicalMemory().read(0x1aa000, got, 0, got.length))
                    .isEqualTo(got.length);
            assertThat(got).isEqualTo(wanted);
            line.session.writePhysical(0x1aa003, new byte[] {1, 2, 3});
            assertThat(stop.physicalMemory().read(0x1aa003, got, 0, 3)).isEqualTo(3);
            assertThat(Arrays.copyOf(got, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void remembersMemoryForOneStopOnly() {
        ScriptedKernel kernel = x64();
        try (var line = new TestLine(kernel)) {
            KdStop stop = line.session.attach(PATIENCE);
            line.session.writeMemory(CODE + 0x100, new byte[] {1, 2, 3, 4});
            assertThat(stop.memory().unsigned(CODE + 0x100, 4)).hasValue(0x04030201);
            long reads = kernel.log().stream().filter("3130"::equals).count();
            assertThat(stop.memory().unsigned(CODE + 0x104, 4)).hasValue(0);
            assertThat(kernel.log().stream().filter("3130"::equals).count()).isEqualTo(reads);
            line.session.writeMemory(CODE + 0x104, new byte[] {9});
            assertThat(stop.memory().unsigned(CODE + 0x104, 4)).hasValue(9);
            line.session.runner().step();
            assertThatThrownBy(() -> stop.memory().unsigned(CODE, 4))
                    .isInstanceOf(StaleStopException.class);
        }
    }

    @Test
    void saysHowFarAWriteGot() {
        try (var line = new TestLine(x64())) {
            line.session.attach(PATIENCE);
            assertThatThrownBy(
                            () ->
                                    line.session.writeMemory(
                                            ScriptedKernel.BASE + 0x8ff0, new byte[64]))
                    .isInstanceOf(KdException.class)
                    .hasMessageContaining("fffff80080009000")
                    .hasMessageContaining("16 bytes");
        }
    }

    @Test
    void changesRegistersAndLeavesTheOthers() {
        try (var line = new TestLine(x64())) {
            KdStop stop = line.session.attach(PATIENCE);
            Processor second = stop.processor(1).orElseThrow();
            assertThat(second.registers().value("rax")).hasValue(0x101);
            line.session.writeRegisters(
                    1, RegisterSet.builder(Architecture.X64).set("rbx", 0x1234).build());
            assertThat(second.registers().value("rbx")).hasValue(0x1234);
            assertThat(second.registers().value("rax")).hasValue(0x101);
        }
    }

    @Test
    void goesPastTheBreakInAndStopsAtABreakpointWithoutShowingIt() {
        try (var line = new TestLine(x64())) {
            line.session.attach(PATIENCE);
            KernelBreakpoint breakpoint =
                    line.session.runner().addBreakpoint("", OptionalLong.of(CODE + 4));
            RunEnd end = line.session.runner().run(Exceptions.HANDLED, 0);
            assertThat(end.reason()).isEqualTo(RunEnd.Reason.BREAKPOINT);
            assertThat(end.breakpoint()).contains(breakpoint);
            assertThat(end.stop().pc()).isEqualTo(CODE + 4);
            assertThat(end.stop().memory().unsigned(CODE + 4, 1)).hasValue(0);
            // It stands on the breakpoint: a second run comes round to it again.
            RunEnd again = line.session.runner().run(Exceptions.HANDLED, 0);
            assertThat(again.stop().pc()).isEqualTo(CODE + 4);
            assertThat(line.session.runner().refusedBreakpoints()).isEmpty();
        }
    }

    @Test
    void stepsAndRunsToAnAddress() {
        try (var line = new TestLine(x64())) {
            line.session.attach(PATIENCE);
            RunEnd past = line.session.runner().step();
            assertThat(past.stop().pc()).isEqualTo(ScriptedKernel.BREAK_VA + 1);
            RunEnd step = line.session.runner().step();
            assertThat(step.reason()).isEqualTo(RunEnd.Reason.STEP);
            assertThat(step.stop().pc()).isEqualTo(CODE + 4);
            RunEnd arrived = line.session.runner().run(Exceptions.HANDLED, CODE + 9);
            assertThat(arrived.reason()).isEqualTo(RunEnd.Reason.ARRIVED);
            assertThat(arrived.stop().pc()).isEqualTo(CODE + 9);
        }
    }

    @Test
    void breaksIn() {
        ScriptedKernel kernel = x64();
        try (var line = new TestLine(kernel)) {
            line.session.attach(PATIENCE);
            var breaker =
                    new Thread(
                            () -> {
                                while (!kernel.log().contains("313c")) {
                                    LockSupport.parkNanos(1_000_000);
                                }
                                line.session.interrupt();
                            });
            breaker.start();
            RunEnd end = line.session.runner().run(Exceptions.HANDLED, 0);
            assertThat(end.reason()).isEqualTo(RunEnd.Reason.BREAK_IN);
            assertThat(end.stop().pc()).isEqualTo(ScriptedKernel.BREAK_VA);
        }
    }

    @Test
    void tellsWhatTheTargetPrintsAndAnswersItsQuestions() {
        var printed = new ArrayList<String>();
        var events =
                new KdEvents() {
                    @Override
                    public void printed(String text) {
                        printed.add(text);
                    }

                    @Override
                    public String asked(String question) {
                        return question.startsWith("Break") ? "i" : "?";
                    }
                };
        ScriptedKernel kernel = x64();
        kernel.loadSymbols("nt", ScriptedKernel.BASE, 0x9000);
        try (var line =
                new TestLine(
                        kernel,
                        events,
                        t -> t.printing("DriverEntry\n", "second\n").asking("Break, ignore? "))) {
            line.session.attach(PATIENCE);
            assertThat(printed).contains("DriverEntry\n", "second\n");
            assertThat(line.target.answer()).isEqualTo("i");
        }
    }

    @Test
    void turnsToAnotherProcessor() {
        try (var line = new TestLine(x64())) {
            line.session.attach(PATIENCE);
            KdStop second = line.session.switchProcessor(1);
            assertThat(second.processor()).isEqualTo(1);
            assertThat(second.threads().get(0).registers().value("rax")).hasValue(0x101);
        }
    }

    @Test
    void readsSpecialRegistersPortsAndMsrs() {
        try (var line = new TestLine(x64())) {
            line.session.attach(PATIENCE);
            TargetRegisters registers = line.session.registers();
            assertThat(registers.special(0).value("cr3")).hasValue(0x1aa000);
            assertThat(registers.msr(0xc0000082)).isEqualTo(0xfffff80000003000L);
            assertThatThrownBy(() -> registers.msr(1))
                    .isInstanceOf(KdRefusedException.class)
                    .hasMessageContaining("c000000e");
            assertThat(registers.port(0x70, 1)).isEqualTo(0xa5);
            registers.writePort(0x70, 2, 0x1234);
            assertThat(registers.port(0x70, 4)).isEqualTo(0x1234);
            assertThat(registers.controlPointer(1, 3)).hasValue(ScriptedKernel.THREAD + 1);
        }
    }

    @Test
    void searchesAndFillsItselfWhereTheTargetCannot() {
        byte[] needle = "needle".getBytes(StandardCharsets.US_ASCII);
        ScriptedKernel kernel = x64().memory(CODE + 0x2ffd, needle).refusingNewer();
        try (var line = new TestLine(kernel)) {
            line.session.attach(PATIENCE);
            TargetRegisters registers = line.session.registers();
            assertThat(registers.search(CODE, 0x6000, needle)).hasValue(CODE + 0x2ffd);
            assertThat(registers.search(CODE, 0x1000, needle)).isEmpty();
            registers.fill(CODE + 0x2ffd, 6, new byte[] {'a', 'b'});
            assertThat(kernel.peek(CODE + 0x2ffd, 6))
                    .isEqualTo("ababab".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void debugsA32BitKernelWhoseAddressesAreSignExtended() {
        long code = 0x80801000L;
        ScriptedKernel kernel =
                new ScriptedKernel(false, 1)
                        .memory((int) code, random(0x1000))
                        .path((int) code, (int) code + 4);
        try (var line = new TestLine(kernel)) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.architecture()).isEqualTo(Architecture.X86);
            assertThat(stop.pc()).isEqualTo(ScriptedKernel.BREAK_VA & 0xffffffffL);
            assertThat(stop.memory().readFully(code, 16)).isEqualTo(Arrays.copyOf(random(16), 16));
            line.session.runner().addBreakpoint("", OptionalLong.of(code + 4));
            RunEnd end = line.session.runner().run(Exceptions.HANDLED, 0);
            assertThat(end.stop().pc()).isEqualTo(code + 4);
            assertThat(line.session.registers().special(0).value("cr3")).hasValue(0x39000);
        }
    }

    @Test
    void leavesTheTargetRunning() {
        ScriptedKernel kernel = x64();
        try (var line = new TestLine(kernel)) {
            line.session.attach(PATIENCE);
            line.session.leaveRunning();
            line.session.close();
            // Nothing answers the last request: it may be under way still.
            line.target.awaitEnd();
            assertThat(kernel.log()).contains("3133", "313c");
        }
    }

    @Test
    void takesBreakpointNumbersAsTargetsCountThem() {
        for (int first : new int[] {0, 1, 0x10000}) {
            ScriptedKernel kernel = x64().numberingFrom(first);
            try (var line = new TestLine(kernel)) {
                line.session.attach(PATIENCE);
                KernelRunner runner = line.session.runner();
                KernelBreakpoint one = runner.addBreakpoint("", OptionalLong.of(CODE + 4));
                KernelBreakpoint two = runner.addBreakpoint("", OptionalLong.of(CODE + 9));
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(one);
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(two);
                assertThat(kernel.peek(CODE, 0x20)).doesNotContain(0xcc);
                assertThat(kernel.log()).doesNotContain("3131");
            }
        }
    }
}
