package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.session.CallTrace;
import oriel.engine.session.Stop;
import oriel.engine.session.SystemCallTrace;
import oriel.engine.session.TracedCall;
import oriel.testkit.NeedsWindows;

/** Calls of functions and of the system, traced in real programs. */
@Timeout(600)
@NeedsWindows
class CallsLiveTest {
    /** Writes down what a trace tells. */
    private static final class Told implements CallTrace.Listener {
        private final List<String> lines = new ArrayList<>();
        private final List<TracedCall> ended = new ArrayList<>();

        @Override
        public void entered(TracedCall call, Stop stop) {
            lines.add("  ".repeat(call.depth()) + call.name() + " {");
        }

        @Override
        public void left(TracedCall call, Stop stop) {
            lines.add("  ".repeat(call.depth()) + "}" + (call.isUnwound() ? " unwound" : ""));
            ended.add(call);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void tellsCallsOfChosenFunctionsWithTheirDepth(String architecture) {
        try (Live live = new Live(architecture)) {
            var told = new Told();
            live.start("calls");
            live.session()
                    .traceCalls(told)
                    .function(live.at("run_factorial"))
                    .function(live.at("run_half"));
            live.session().run();
            String factorial = live.at("run_factorial") + " {";
            assertThat(told.lines)
                    .containsExactly(
                            live.at("run_half") + " {",
                            "}",
                            factorial,
                            "  " + factorial,
                            "    " + factorial,
                            "      " + factorial,
                            "        " + factorial,
                            "        }",
                            "      }",
                            "    }",
                            "  }",
                            "}");
            assertThat(told.ended).allMatch(TracedCall::hasReturned);
            // Inner calls of run_factorial end first, and none takes longer than its caller.
            assertThat(told.ended.subList(1, told.ended.size()))
                    .extracting(TracedCall::elapsed)
                    .isSorted()
                    .allMatch(time -> !time.isNegative());
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @Test
    void tellsAllCallsWithinAModuleAndOutOfItByStepping() {
        try (Live live = new Live("x64")) {
            live.start("calls");
            live.session().breakAt(live.at("run_sum")).once();
            Stop stop = live.session().go().orElseThrow();
            var told = new Told();
            CallTrace trace =
                    live.session().traceCalls(told).step(stop.thread(), List.of(live.module()));
            live.session().runTo(stop.stackTrace().frames().get(1).pc());
            trace.stop();
            live.session().go();
            // strlen and wcslen of the C library.
            assertThat(told.ended).hasSizeGreaterThanOrEqualTo(2);
            assertThat(told.ended).allMatch(TracedCall::hasReturned);
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void tellsFunctionsOfAModuleThatAreLeftByLongjmp(String architecture) {
        try (Live live = new Live(architecture)) {
            var told = new Told();
            live.start("leave", "3");
            live.session().traceCalls(told).module(live.module(), CallTrace.Functions.EXPORTS);
            live.session().run();
            assertThat(told.lines)
                    .containsExactly(
                            live.at("run_leaves") + " {",
                            "} unwound",
                            live.at("run_leaves") + " {",
                            "} unwound",
                            live.at("run_leaves") + " {",
                            "} unwound");
            assertThat(told.ended).noneMatch(TracedCall::hasReturned);
            assertThat(live.printed()).contains("left=3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void tellsSystemCallsWithNames(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("calls");
            List<String> told = new ArrayList<>();
            SystemCallTrace trace =
                    live.session()
                            .traceSystemCalls(
                                    name -> true,
                                    (call, stop) -> {},
                                    (call, stop) ->
                                            told.add(
                                                    call.describe()
                                                            + " = "
                                                            + call.resultText(stop)));
            live.session().run();
            assertThat(trace.callCount()).isGreaterThan(100);
            assertThat(told)
                    .anyMatch(
                            line ->
                                    line.startsWith("NtWriteFile(FileHandle=0x")
                                            && line.contains("Length=0x")
                                            && line.endsWith("= 0x0 STATUS_SUCCESS"))
                    .anyMatch(line -> line.startsWith("NtTerminateProcess(ProcessHandle="));
            assertThat(live.printed()).contains("factorial=120");
        }
    }
}
