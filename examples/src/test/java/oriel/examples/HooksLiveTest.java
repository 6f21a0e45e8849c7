package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.disasm.FlowKind;
import oriel.engine.session.Coverage;
import oriel.engine.session.ExceptionRules.StopAt;
import oriel.engine.session.Hook;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.testkit.NeedsWindows;

/** Hooks, traces and coverage of real programs. */
@Timeout(600)
@NeedsWindows
class HooksLiveTest {
    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void readsArgumentsAndResultsOfAllKinds(String architecture) {
        try (Live live = new Live(architecture)) {
            var told = new ArrayList<String>();
            Hook.CallAction leave =
                    (call, stop) -> told.add(call.describe() + " = " + call.resultText(stop));
            live.session()
                    .hook(
                            live.at("run_sum"),
                            "int run_sum(int a, const char *b, const wchar_t *c, long long d,"
                                    + " double e, float f, unsigned g)")
                    .onLeave(leave);
            live.session().hook(live.at("run_half"), "double run_half(double x)").onLeave(leave);
            live.session()
                    .hook(live.at("run_factorial"), "int run_factorial(int n)")
                    .onLeave(leave);
            live.start("calls");
            live.session().go();
            assertThat(told)
                    .containsExactly(
                            "run_sum(a=1, b=\"abc\", c=\"wide\", d=4294967298, e=2.5, f=1.5, g=0x7)"
                                    + " = 20",
                            "run_half(x=5.0) = 2.5",
                            "run_factorial(n=1) = 1",
                            "run_factorial(n=2) = 2",
                            "run_factorial(n=3) = 6",
                            "run_factorial(n=4) = 24",
                            "run_factorial(n=5) = 120");
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @Test
    void changesArgumentsAndResults() {
        try (Live live = new Live("x64")) {
            live.session()
                    .hook(live.at("run_factorial"), "int run_factorial(int n)")
                    .onEnter(
                            (call, stop) -> {
                                if (call.depth() == 0) {
                                    call.setArgument(0, 3, stop);
                                }
                            })
                    .onLeave(
                            (call, stop) -> {
                                if (call.depth() == 0) {
                                    call.setResult(call.result(stop) + 1000, stop);
                                }
                            });
            live.start("calls");
            live.session().go();
            assertThat(live.printed()).contains("factorial=1006");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void tellsCallsOfThreadsThatAreLeftByExceptions(String architecture) {
        try (Live live = new Live("cpp", architecture)) {
            live.start("2");
            var told = new TreeMap<String, Integer>();
            for (String name : List.of("cpp_outer", "cpp_middle", "cpp_throws")) {
                live.session()
                        .hook(live.at(name), "int " + name + "(int n)")
                        .onEnter((call, stop) -> told.merge(name, 1, Integer::sum))
                        .onLeave(
                                (call, stop) -> {
                                    String end = call.isUnwound() ? " unwound" : " returned";
                                    told.merge(name + end, 1, Integer::sum);
                                });
            }
            live.session().go();
            assertThat(told)
                    .containsEntry("cpp_outer", 60)
                    .containsEntry("cpp_outer returned", 60)
                    .containsEntry("cpp_middle returned", 40)
                    .containsEntry("cpp_middle unwound", 20)
                    .containsEntry("cpp_throws", 60)
                    .containsEntry("cpp_throws unwound", 20);
            assertThat(live.printed()).contains("caught=20");
        }
    }

    @Test
    void tellsCallsThatAreLeftByLongjmp() {
        try (Live live = new Live("x64")) {
            int[] ends = new int[2];
            Hook hook =
                    live.session()
                            .hook(live.at("run_leaves"), "int run_leaves(int x)")
                            .onLeave((call, stop) -> ends[call.isUnwound() ? 1 : 0]++);
            live.start("leave", "10");
            live.session().go();
            assertThat(hook.calls()).isEqualTo(10);
            assertThat(ends).containsExactly(0, 10);
            assertThat(live.printed()).contains("left=10");
        }
    }

    @Test
    void hooksManyThreadsWithoutMixingThemUp() {
        try (Live live = new Live("x64")) {
            Map<Boolean, Integer> right = new HashMap<>();
            live.session()
                    .hook(live.at("run_func"), "int run_func(int x)")
                    .onLeave(
                            (call, stop) ->
                                    right.merge(
                                            call.result(stop) == call.argument(0) + 1,
                                            1,
                                            Integer::sum));
            live.start("mt", "4", "25");
            live.session().go();
            assertThat(right).containsExactly(Map.entry(true, 100));
        }
    }

    @Test
    void tracesWithoutLosingTheTrapFlagOrShowingIt() {
        try (Live live = new Live("x64")) {
            Stop start = live.start("steps", "50");
            live.session().breakAt(live.at("run_loop")).once();
            live.session().go();
            List<Long> seen = new ArrayList<>();
            Trace trace =
                    live.session()
                            .trace(
                                    start.thread(),
                                    Trace.Grain.INSTRUCTION,
                                    (from, stop) -> {
                                        seen.add(from.va());
                                        if (stop.instruction(stop.pc()).mnemonic().equals("ret")) {
                                            stop.hold();
                                        }
                                    });
            live.session().go();
            trace.stop();
            assertThat(trace.steps()).isBetween(200L, 210L);
            live.session().go();
            assertThat(live.printed()).contains("loop=50");
        }
    }

    @Test
    void tracesThroughExceptionsAndSystemCallsToTheEnd() {
        try (Live live = new Live("x64")) {
            live.session().exceptions().stop(StopAt.NEVER);
            live.start("raise", "2");
            live.session().breakAt("kernel32!RaiseException").once();
            Stop stop = live.session().go().orElseThrow();
            int[] handlers = new int[2];
            long dispatcher = stop.labels().resolve("ntdll!KiUserExceptionDispatcher");
            long back = stop.stackTrace().frames().get(1).pc();
            Trace trace =
                    live.session()
                            .trace(
                                    stop.thread(),
                                    Trace.Grain.INSTRUCTION,
                                    (from, now) -> {
                                        handlers[0] += now.pc() == dispatcher ? 1 : 0;
                                        if (now.pc() == back && ++handlers[1] == 2) {
                                            now.hold();
                                        }
                                    });
            live.session().go();
            trace.stop();
            live.session().go();
            assertThat(handlers).containsExactly(2, 2);
            assertThat(trace.steps()).isGreaterThan(200);
            assertThat(live.printed()).contains("raised=2");
        }
    }

    @Test
    void tellsBranchesOnly() {
        try (Live live = new Live("x64")) {
            live.start("steps", "20");
            live.session().breakAt(live.at("run_loop")).once();
            Stop stop = live.session().go().orElseThrow();
            List<Long> targets = new ArrayList<>();
            Trace trace =
                    live.session()
                            .trace(
                                    stop.thread(),
                                    Trace.Grain.BRANCH,
                                    (from, now) -> {
                                        targets.add(now.pc());
                                        if (from.flow() == FlowKind.RETURN) {
                                            now.hold();
                                        }
                                    });
            live.session().go();
            trace.stop();
            // 19 times back to the head of the loop, then out of the function.
            assertThat(targets).hasSize(20);
            assertThat(new HashSet<>(targets)).hasSize(2);
            live.session().go();
            assertThat(live.printed()).contains("loop=20");
        }
    }

    @Test
    void hidesTheTrapFlagFromPushf() {
        String plain;
        try (Live live = new Live("x64")) {
            live.start("flags");
            live.session().go();
            plain = live.printed();
        }
        try (Live live = new Live("x64")) {
            live.start("flags");
            live.session().breakAt(live.at("run_flags")).once();
            Stop stop = live.session().go().orElseThrow();
            Trace trace =
                    live.session().trace(stop.thread(), Trace.Grain.INSTRUCTION, (from, now) -> {});
            long back = stop.stackTrace().frames().get(1).pc();
            live.session().runTo(back);
            trace.stop();
            live.session().go();
            assertThat(trace.steps()).isGreaterThan(500);
            assertThat(live.printed()).isEqualTo(plain);
        }
    }

    @Test
    void coversAModule() {
        try (Live live = new Live("x64")) {
            Stop start = live.start("calls");
            Coverage coverage = live.session().coverage();
            int blocks = coverage.cover(start.processId(), live.module());
            long factorial = start.labels().resolve(live.at("run_factorial"));
            long patched = start.labels().resolve(live.at("run_patched"));
            live.session().go();
            assertThat(blocks).isGreaterThan(100);
            assertThat(coverage.hits().size()).isBetween(20, blocks);
            assertThat(coverage.hits()).anyMatch(b -> b.va() == factorial);
            assertThat(coverage.hits()).noneMatch(b -> b.va() == patched);
            assertThat(live.printed()).contains("factorial=120");
        }
    }
}
