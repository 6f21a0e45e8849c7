package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.ExceptionRules;
import oriel.engine.session.Stop;
import oriel.model.Architecture;
import oriel.testkit.NeedsWindows;

/** Programs that do what debuggers stumble over. */
@Timeout(600)
@NeedsWindows(with32Bit = true)
class OddProgramsLiveTest {
    @ParameterizedTest
    @CsvSource({"x64,4,100", "x86,4,50"})
    void losesNoWriteOfSeveralThreads(String architecture, int threads, int writes) {
        try (Live live = new Live("odd", architecture)) {
            live.start("share", "" + threads, "" + writes);
            var values = new AtomicLong();
            Breakpoint watch =
                    live.session()
                            .watch(live.at("odd_variable"), Access.WRITE, 4)
                            .run(
                                    (hit, stop) ->
                                            values.addAndGet(stop.readNumber(hit.accessVa(), 4)));
            live.session().go();
            assertThat(watch.hits()).isEqualTo((long) threads * writes);
            // What was written is there when it is told.
            assertThat(values.get()).isEqualTo((long) threads * writes * (writes - 1) / 2);
            assertThat(live.printed()).contains("variable=" + (writes - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void losesNoExecutionWatchWhenAThreadBeginsMeanwhile(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("between", "100");
            Breakpoint watch =
                    live.session()
                            .watch(live.at("odd_func"), Access.EXECUTE, 1)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(watch.hits()).isEqualTo(400);
            assertThat(live.printed()).contains("calls=400");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void watchesAVariableOnTheStack(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("stack", "20");
            live.session().breakAt(live.at("odd_local")).once();
            Stop stop = live.session().go().orElseThrow();
            long va = firstArgument(stop);
            var last = new AtomicLong();
            Breakpoint watch =
                    live.session()
                            .watch(stop.processId(), va, Access.WRITE, 4)
                            .run((hit, at) -> last.set(at.readNumber(va, 4)));
            live.session().go();
            assertThat(watch.problem()).isEmpty();
            assertThat(watch.hits()).isGreaterThanOrEqualTo(20);
            assertThat(live.printed()).contains("stack=20");
        }
    }

    @ParameterizedTest
    @CsvSource({"x64,40", "x86,20"})
    void countsCallsOfThreadsThatEnd(String architecture, int threads) {
        try (Live live = new Live("odd", architecture)) {
            Breakpoint begins =
                    live.session().breakAt(live.at("odd_begins")).run((hit, stop) -> {});
            live.start("tls", "" + threads);
            Breakpoint calls = live.session().breakAt(live.at("odd_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(threads);
            // Each thread comes and goes; so does the process.
            assertThat(begins.hits()).isGreaterThanOrEqualTo(2L * threads + 1);
            assertThat(live.printed()).contains("tls=" + threads);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void followsFibers(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("fibers", "50");
            Breakpoint calls = live.session().breakAt(live.at("odd_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(100);
            assertThat(live.printed()).contains("fibers=1049");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void survivesTheEndOfAProcessWhoseThreadsAllHit(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("quit", "8");
            Breakpoint calls = live.session().breakAt(live.at("odd_func")).run((hit, stop) -> {});
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class).orElseThrow().exitCode())
                    .isEqualTo(5);
            assertThat(calls.hits()).isPositive();
            assertThat(live.printed()).contains("quit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void tellsExceptionsAndHitsOfSeveralThreads(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("raise", "4", "25");
            live.session().exceptions().stop(ExceptionRules.StopAt.NEVER);
            var raised = new AtomicLong();
            live.session()
                    .on(DebugEvent.ExceptionRaised.class, (e, stop) -> raised.incrementAndGet());
            Breakpoint calls = live.session().breakAt(live.at("odd_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(raised.get()).isEqualTo(100);
            assertThat(calls.hits()).isEqualTo(100);
            assertThat(live.printed()).contains("raised=100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void tellsExceptionsInsideHandlers(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("nest", "10");
            live.session().exceptions().stop(ExceptionRules.StopAt.NEVER);
            Breakpoint calls = live.session().breakAt(live.at("odd_func")).run((hit, stop) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(10);
            assertThat(live.printed()).contains("nest=0");
        }
    }

    @ParameterizedTest
    @CsvSource({"x64,4,100", "x86,2,50"})
    void losesNoAccessToABufferBySeveralThreads(String architecture, int threads, int writes) {
        try (Live live = new Live("odd", architecture)) {
            Stop start = live.start("share", "" + threads, "" + writes);
            long va = start.labels().resolve(live.at("odd_variable"));
            Breakpoint watch =
                    live.session()
                            .watchBuffer(start.processId(), va, 4, Access.ACCESS)
                            .run((hit, stop) -> {});
            Breakpoint wide =
                    live.session()
                            .watchBuffer(start.processId(), va - 16, 64, Access.WRITE)
                            .run((hit, stop) -> {});
            live.session().go();
            // It is read once, to be printed.
            assertThat(watch.hits()).isEqualTo((long) threads * writes + 1);
            assertThat(wide.hits()).isGreaterThanOrEqualTo((long) threads * writes);
            assertThat(live.printed()).contains("variable=" + (writes - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void losesNoHitInCodeThatIsWrittenAnew(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("rewrite", "30");
            live.session().breakAt(live.at("odd_local")).once();
            Stop stop = live.session().go().orElseThrow();
            long code = firstArgument(stop);
            Breakpoint calls = live.session().breakAt(stop.processId(), code).run((hit, at) -> {});
            var results = new AtomicLong();
            live.session()
                    .breakAt(stop.processId(), code + 5)
                    .run((hit, at) -> results.addAndGet(at.instruction(code).operand(1).value()));
            live.session().go();
            assertThat(calls.hits()).isEqualTo(60);
            assertThat(results.get()).isEqualTo(30 * 31);
            assertThat(live.printed()).contains("rewrite=" + 30 * 31);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void keepsBreakpointsInCodeWhoseProtectionChanges(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("pages", "12");
            live.session().breakAt(live.at("odd_local")).once();
            Stop stop = live.session().go().orElseThrow();
            Breakpoint calls =
                    live.session()
                            .breakAt(stop.processId(), firstArgument(stop))
                            .run((hit, at) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(12);
            assertThat(live.printed()).contains("pages=78");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void keepsBreakpointsInCodeThatTheSystemWrites(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            live.start("overwrite", "12");
            Breakpoint calls =
                    live.session().breakAt(live.at("odd_patched")).run((hit, stop) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(12);
            assertThat(live.printed()).contains("overwrite=78");
        }
        try (Live live = new Live("odd", architecture)) {
            live.start("reread", "12");
            live.session().breakAt(live.at("odd_local")).once();
            Stop stop = live.session().go().orElseThrow();
            Breakpoint calls =
                    live.session()
                            .breakAt(stop.processId(), firstArgument(stop))
                            .run((hit, at) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(12);
            assertThat(live.printed()).contains("reread=78");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void letsTheSystemWriteToAWatchedBuffer(String architecture) {
        try (Live live = new Live("odd", architecture)) {
            Stop start = live.start("read");
            long va = start.labels().resolve(live.at("odd_bytes"));
            Breakpoint writes =
                    live.session()
                            .watchBuffer(start.processId(), va, 4, Access.WRITE)
                            .run((hit, stop) -> {});
            Breakpoint reads =
                    live.session()
                            .watchBuffer(start.processId(), va, 2, Access.READ)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(writes.hits()).isEqualTo(1);
            assertThat(reads.hits()).isEqualTo(2);
            assertThat(live.printed()).contains("read=1 16 MZ");
        }
    }

    private static long firstArgument(Stop stop) {
        return stop.architecture() == Architecture.X64
                ? stop.register("rcx")
                : stop.readNumber(stop.sp() + 4, 4);
    }
}
