package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.disasm.FlowKind;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.Stop;
import oriel.testkit.NeedsWindows;

/** Breakpoints in real programs. */
@Timeout(600)
@NeedsWindows
class BreakpointsLiveTest {
    @ParameterizedTest
    @CsvSource({"2,400", "4,200", "8,100"})
    void losesNoHitWithManyThreads(int threads, int calls) {
        try (Live live = new Live("x64")) {
            live.start("mt", "" + threads, "" + calls);
            Breakpoint hits = live.session().breakAt(live.at("run_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(hits.hits()).isEqualTo((long) threads * calls);
            assertThat(live.printed()).contains("calls=" + threads * calls);
        }
    }

    @Test
    @NeedsWindows(with32Bit = true)
    void losesNoHitInA32BitProgram() {
        try (Live live = new Live("x86")) {
            live.start("mt", "4", "100");
            Breakpoint hits = live.session().breakAt(live.at("run_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(hits.hits()).isEqualTo(400);
            assertThat(live.printed()).contains("calls=400");
        }
    }

    @ParameterizedTest
    @CsvSource({"x64,4,100", "x86,4,50", "x64,8,50"})
    @NeedsWindows(with32Bit = true)
    void losesNoHitOfAnExecutionWatchWithManyThreads(String architecture, int threads, int calls) {
        try (Live live = new Live(architecture)) {
            live.start("mt", "" + threads, "" + calls);
            Breakpoint hits =
                    live.session()
                            .watch(live.at("run_func"), Access.EXECUTE, 1)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(hits.hits()).isEqualTo((long) threads * calls);
            assertThat(live.printed()).contains("calls=" + threads * calls);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void stopsAtALastError(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("error", "1234");
            Breakpoint error = live.session().breakOnError(1234);
            Breakpoint other = live.session().breakOnError(4321);
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.event(DebugEvent.BreakpointHit.class).orElseThrow().breakpoint())
                    .isEqualTo(error);
            assertThat(stop.label(stop.pc())).startsWith("ntdll!");
            live.session().go();
            assertThat(other.hits()).isZero();
            assertThat(live.printed()).contains("error=1234");
        }
    }

    @Test
    void losesNoHitWhereTheInstructionCannotBeEmulated() {
        try (Live live = new Live("x64")) {
            Stop start = live.start("mt", "4", "50");
            long va = lastJumpBack(start, start.labels().resolve(live.at("run_many")));
            Breakpoint hits = live.session().breakAt(start.processId(), va).run((hit, stop) -> {});
            live.session().go();
            assertThat(hits.hits()).isBetween(4 * 49L, 4 * 50L);
            assertThat(live.printed()).contains("calls=200");
        }
    }

    /** The end of the last loop of a function. */
    private static long lastJumpBack(Stop stop, long from) {
        long found = 0;
        long va = from;
        var instruction = stop.instruction(va);
        while (instruction.flow() != FlowKind.RETURN) {
            boolean conditional = instruction.flow() == FlowKind.CONDITIONAL;
            if (conditional && instruction.branchTarget().orElse(va) < va) {
                found = va;
            }
            va = instruction.nextVa();
            instruction = stop.instruction(va);
        }
        return found;
    }

    @Test
    void testsConditionsAndCountsWhatHeld() {
        try (Live live = new Live("x64")) {
            live.start("hits", "30");
            Breakpoint some = live.session().breakAt(live.at("run_func")).when("@rcx % 0xa == 0");
            assertThat(live.session().go().orElseThrow().register("rcx")).isZero();
            assertThat(live.session().go().orElseThrow().register("rcx")).isEqualTo(10);
            some.run((hit, stop) -> {});
            live.session().go();
            assertThat(some.hits()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void watchesAVariableWithADebugRegister(String architecture) {
        try (Live live = new Live(architecture)) {
            Stop start = live.start("touch", "25");
            long va = start.labels().resolve(live.at("run_variable"));
            var last = new AtomicLong();
            Breakpoint watch =
                    live.session()
                            .watch(start.processId(), va, Access.WRITE, 4)
                            .run((hit, stop) -> last.set(stop.readNumber(va, 4)));
            live.session().go();
            assertThat(watch.hits()).isEqualTo(25);
            assertThat(last).hasValue(25);
        }
    }

    @Test
    void watchesABufferOverPages() {
        try (Live live = new Live("x64")) {
            Stop start = live.start("buffer");
            long buffer = start.labels().resolve(live.at("run_buffer"));
            var far = new AtomicLong();
            Breakpoint writes =
                    live.session()
                            .watchBuffer(start.processId(), buffer + 4090, 10, Access.WRITE)
                            .run((hit, stop) -> far.set(Math.max(far.get(), hit.accessVa())));
            Breakpoint reads =
                    live.session()
                            .watchBuffer(start.processId(), buffer + 4096, 1, Access.READ)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(reads.hits()).isGreaterThanOrEqualTo(1);
            assertThat(writes.hits()).isGreaterThanOrEqualTo(3);
            assertThat(far.get()).isBetween(buffer + 4090, buffer + 4099);
            assertThat(live.printed()).contains("buffer=7 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void watchesPagesWhoseProtectionTheProgramChanges(String architecture) {
        String plain;
        try (Live live = new Live(architecture)) {
            live.start("protect");
            live.session().go();
            plain = live.printed();
        }
        try (Live live = new Live(architecture)) {
            Stop start = live.start("protect");
            long buffer = start.labels().resolve(live.at("run_buffer"));
            Breakpoint writes =
                    live.session()
                            .watchBuffer(start.processId(), buffer + 4096, 1, Access.WRITE)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(writes.hits()).isEqualTo(2);
            assertThat(live.printed()).isEqualTo(plain).contains("protect=");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void refusesToGuardAStack(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("calls");
            live.session().breakAt(live.at("run_half")).once();
            Stop stop = live.session().go().orElseThrow();
            Breakpoint watch =
                    live.session().watchBuffer(stop.processId(), stop.sp(), 4, Access.WRITE);
            live.session().stepInto();
            assertThat(watch.problem().orElseThrow()).contains("stack");
            live.session().go();
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @Test
    void waitsForAModuleAndComesBackWithIt() {
        try (Live live = new Live("x64")) {
            Breakpoint pending =
                    live.session().breakAt("probe-x64!probe_answer").run((hit, stop) -> {});
            live.start("load", "3");
            assertThat(pending.isPending()).isTrue();
            live.session().go();
            assertThat(pending.hits()).isEqualTo(3);
            assertThat(live.printed()).contains("answers=");
        }
    }

    @Test
    void goesOnAfterABreakpointOfTheProgram() {
        try (Live live = new Live("x64")) {
            live.start("break");
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.event(DebugEvent.ProgramStopped.class)).isPresent();
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class).orElseThrow().exitCode())
                    .isEqualTo(3);
            assertThat(live.printed()).contains("went on");
        }
    }

    @Test
    void letsCodePatchItselfUnderABreakpoint() {
        try (Live live = new Live("x64")) {
            live.start("patch");
            Breakpoint patched =
                    live.session().breakAt(live.at("run_patched")).run((hit, stop) -> {});
            live.session().go();
            assertThat(patched.hits()).isEqualTo(2);
            assertThat(live.printed()).contains("patched=5 9");
        }
    }

    @Test
    void steps() {
        try (Live live = new Live("x64")) {
            live.start("calls");
            Breakpoint factorial = live.session().breakAt(live.at("run_factorial")).once();
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.register("rcx")).isEqualTo(5);
            assertThat(factorial.hits()).isEqualTo(1);
            long pc = stop.pc();
            stop = live.session().stepInto().orElseThrow();
            assertThat(stop.pc()).isNotEqualTo(pc);
            stop = live.session().stepOut().orElseThrow();
            assertThat(stop.register("rax")).isEqualTo(120);
            assertThat(stop.event(DebugEvent.StepDone.class)).isPresent();
        }
    }
}
