package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpPlan;
import oriel.engine.dump.DumpTarget;
import oriel.engine.dump.MinidumpWriter;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.Coverage;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.model.Architecture;
import oriel.model.StackFrame;
import oriel.testkit.NeedsWindows;
import oriel.win32.ProcessStart;
import oriel.win32.WindowsDriver;
import oriel.win32.WindowsProcess;

/** What a 64-bit debugger does with programs of either width. */
@Timeout(600)
@NeedsWindows(with32Bit = true)
class WidthsLiveTest {
    private static String result(Stop stop) {
        return stop.architecture() == Architecture.X64 ? "rax" : "eax";
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void stopsStepsAndWalks(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("calls");
            live.session().stalkAt(live.at("run_factorial"));
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.architecture().pointerSize()).isEqualTo(stop.pc() >>> 32 == 0 ? 4 : 8);
            assertThat(stop.label(stop.pc())).isEqualTo(live.at("run_factorial"));
            assertThat(stop.stackTrace().frames().stream().map(StackFrame::pc).map(stop::label))
                    .anyMatch(l -> l.startsWith(live.module() + "!") && !l.contains("factorial"));
            long pc = stop.pc();
            long next = stop.instruction(pc).nextVa();
            assertThat(live.session().stepInto().orElseThrow().pc()).isEqualTo(next);
            stop = live.session().stepOut().orElseThrow();
            assertThat(stop.register(result(stop))).isEqualTo(120);
            next = stop.instruction(stop.pc()).nextVa();
            assertThat(live.session().stepOver().orElseThrow().pc()).isEqualTo(next);
            live.session().go();
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void watchesMemoryByPages(String architecture) {
        try (Live live = new Live(architecture)) {
            Stop start = live.start("buffer");
            long buffer = start.labels().resolve(live.at("run_buffer"));
            var places = new ArrayList<Long>();
            live.session()
                    .watchBuffer(start.processId(), buffer + 4090, 10, Access.WRITE)
                    .run((hit, stop) -> places.add(hit.accessVa() - buffer));
            live.session().go();
            assertThat(places).contains(4095L, 4096L).allMatch(p -> p >= 4090 && p < 4100);
            assertThat(live.printed()).contains("buffer=7 3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void watchesExecution(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("hits", "40");
            Breakpoint calls =
                    live.session()
                            .watch(live.at("run_func"), Access.EXECUTE, 1)
                            .run((hit, stop) -> {});
            live.session().go();
            assertThat(calls.hits()).isEqualTo(40);
            assertThat(live.printed()).contains("hits=40");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void hooksEachCallingConvention(String architecture) {
        try (Live live = new Live(architecture)) {
            var told = new ArrayList<String>();
            for (String declaration :
                    List.of(
                            "int __cdecl run_factorial(int n)",
                            "int __stdcall run_std(int a, int b)",
                            "int __fastcall run_fast(int a, int b, int c)",
                            "int __thiscall run_this(int *self, int b)")) {
                String name = declaration.substring(declaration.indexOf("run_"));
                name = name.substring(0, name.indexOf('('));
                live.session()
                        .hook(live.at(name), declaration)
                        .onLeave(
                                (call, stop) ->
                                        told.add(
                                                call.argument(call.argumentCount() - 1)
                                                        + " -> "
                                                        + call.result(stop)));
            }
            live.start("calls");
            live.session().go();
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "7 -> 42",
                            "3 -> 6",
                            "4 -> 34",
                            "1 -> 1",
                            "2 -> 2",
                            "3 -> 6",
                            "4 -> 24",
                            "5 -> 120");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void tracesAndHidesThatItDoes(String architecture) {
        String plain;
        try (Live live = new Live(architecture)) {
            live.start("flags");
            live.session().go();
            plain = live.printed();
        }
        try (Live live = new Live(architecture)) {
            live.start("flags");
            live.session().stalkAt(live.at("run_flags"));
            Stop stop = live.session().go().orElseThrow();
            Trace trace =
                    live.session().trace(stop.thread(), Trace.Grain.INSTRUCTION, (from, now) -> {});
            live.session().runTo(stop.stackTrace().frames().get(1).pc());
            trace.stop();
            live.session().go();
            assertThat(trace.steps()).isGreaterThan(500);
            assertThat(live.printed()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void covers(String architecture) {
        try (Live live = new Live(architecture)) {
            Stop start = live.start("calls");
            Coverage coverage = live.session().coverage();
            int blocks = coverage.cover(start.processId(), live.module());
            long factorial = start.labels().resolve(live.at("run_factorial"));
            live.session().go();
            assertThat(coverage.hits().size()).isBetween(10, blocks);
            assertThat(coverage.hits()).anyMatch(b -> b.va() == factorial);
            assertThat(live.printed()).contains("factorial=120");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void seesModulesChildrenOutputAndCrashes(String architecture) {
        try (Live live = new Live(architecture)) {
            String answer = "probe_answer" + (architecture.equals("x86") ? "@4" : "");
            Breakpoint pending =
                    live.session()
                            .breakAt("probe-" + architecture + "!" + answer)
                            .run((hit, stop) -> {});
            live.start("load", "2");
            live.session().go();
            assertThat(pending.hits()).isEqualTo(2);
        }
        try (Live live = new Live(architecture)) {
            var printed = new ArrayList<String>();
            live.session().on(DebugEvent.OutputWritten.class, (e, stop) -> printed.add(e.text()));
            live.start("output");
            live.session().go();
            assertThat(printed).containsExactly("narrow text", "wide text");
        }
        try (Live live = new Live(architecture)) {
            var codes = new ArrayList<Long>();
            live.session().on(DebugEvent.ProcessExited.class, (e, stop) -> codes.add(e.exitCode()));
            live.session().start(live.launch("child").following());
            live.session().run();
            assertThat(codes).containsExactly(7L, 0L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void dumpsACrash(String architecture, @TempDir Path folder) throws IOException {
        Path dump = folder.resolve("crash.dmp");
        try (Live live = new Live(architecture)) {
            live.start("crash");
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.exception().orElseThrow().code()).isEqualTo(0xc0000005);
            MinidumpWriter.write(stop, DumpPlan.NORMAL, dump, done -> {});
            DumpTarget read = DumpTarget.open(dump, DumpOptions.DEFAULT);
            assertThat(read.architecture()).isEqualTo(stop.architecture());
            assertThat(read.exception().orElseThrow().address()).isEqualTo(stop.pc());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void attachesBreaksInAndLetsGo(String architecture) {
        try (Live live = new Live(architecture);
                var started =
                        ProcessStart.of(live.launch("wait").command())
                                .output(live.output())
                                .start()) {
            WindowsProcess process = started.process();
            live.awaitReady();
            try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
                Stop stop = session.attach(process.processId());
                assertThat(stop.modules()).isNotEmpty();
                Breakpoint sleeps = session.breakAt("kernel32!Sleep").run((hit, now) -> {});
                while (sleeps.hits() == 0) {
                    session.run(Duration.ofMillis(500));
                }
                session.interrupt();
                Stop broken = session.go().orElseThrow();
                assertThat(broken.events())
                        .hasAtLeastOneElementOfType(DebugEvent.Interrupted.class);
                assertThat(sleeps.hits()).isPositive();
                session.detach(process.processId());
            }
            assertThat(process.await(Duration.ofMillis(300))).isFalse();
            process.kill(0);
        }
    }
}
