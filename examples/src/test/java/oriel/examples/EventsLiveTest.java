package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.driver.DriverException;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugHandler;
import oriel.engine.session.DebugSession;
import oriel.engine.session.ExceptionRules.StopAt;
import oriel.engine.session.Stop;
import oriel.engine.symbols.SymbolLocator;
import oriel.testkit.NeedsWindows;
import oriel.win32.ProcessStart;
import oriel.win32.WindowsDriver;
import oriel.win32.WindowsProcess;

/** Events of real programs, and what happens when these end or misbehave. */
@Timeout(600)
@NeedsWindows
class EventsLiveTest {
    @Test
    void tellsWhatProgramsPrintForDebuggers() {
        try (Live live = new Live("x64")) {
            List<String> printed = new ArrayList<>();
            live.session().on(DebugEvent.OutputWritten.class, (e, stop) -> printed.add(e.text()));
            live.start("output");
            live.session().go();
            assertThat(printed).containsExactly("narrow text", "wide text");
        }
    }

    @Test
    void namesThreads() {
        try (Live live = new Live("x64")) {
            live.session().on(DebugEvent.ThreadNamed.class, (e, stop) -> stop.hold());
            live.start("name");
            Stop stop = live.session().go().orElseThrow();
            assertThat(stop.current().orElseThrow().name()).contains("the worker");
            live.session().go();
            assertThat(live.printed()).contains("named");
        }
    }

    @Test
    void stopsAtACrashTwice() {
        try (Live live = new Live("x64")) {
            live.start("crash");
            Stop first = live.session().go().orElseThrow();
            var event = first.event(DebugEvent.ExceptionRaised.class).orElseThrow();
            assertThat(event.exception().code()).isEqualTo(0xc0000005);
            assertThat(event.firstChance()).isTrue();
            assertThat(first.label(first.pc())).startsWith(live.module());
            Stop second = live.session().go().orElseThrow();
            assertThat(second.event(DebugEvent.ExceptionRaised.class).orElseThrow().firstChance())
                    .isFalse();
        }
    }

    @Test
    void countsManyExceptions() {
        try (Live live = new Live("x64")) {
            int[] raised = new int[1];
            live.session().exceptions().stop(0xe0001234, StopAt.NEVER);
            live.session()
                    .handle(
                            new DebugHandler() {
                                @Override
                                public void onException(
                                        DebugEvent.ExceptionRaised event, Stop stop) {
                                    raised[0]++;
                                }
                            });
            live.start("raise", "300");
            live.session().go();
            assertThat(raised[0]).isEqualTo(300);
            assertThat(live.printed()).contains("raised=300");
        }
    }

    @Test
    void followsChildren() {
        try (Live live = new Live("x64")) {
            List<Long> codes = new ArrayList<>();
            live.session().on(DebugEvent.ProcessExited.class, (e, stop) -> codes.add(e.exitCode()));
            live.session().start(live.launch("child").following());
            live.session().run();
            assertThat(codes).containsExactly(7L, 0L);
            assertThat(live.printed()).contains("child=7");
        }
    }

    @Test
    void breaksInFromAnotherThread() throws Exception {
        try (Live live = new Live("x64")) {
            live.start("wait");
            // Until it has nothing more to tell by itself.
            while (!live.printed().startsWith("ready")) {
                assertThat(live.session().go(Duration.ofMillis(300))).isEmpty();
            }
            var helper = new Thread(live.session()::interrupt);
            helper.start();
            Stop stop = live.session().go().orElseThrow();
            helper.join();
            assertThat(stop.event(DebugEvent.Interrupted.class)).isPresent();
            assertThat(stop.threads().size()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void attachesDetachesAndLeavesNoTrace() {
        try (Live live = new Live("x64")) {
            try (var started =
                    ProcessStart.of(live.launch("wait").command()).output(live.output()).start()) {
                WindowsProcess process = started.process();
                live.awaitReady();
                try (DebugSession session =
                        DebugSession.open(WindowsDriver::new, SymbolLocator.NONE)) {
                    Stop stop = session.attach(process.processId());
                    assertThat(stop.modules()).isNotEmpty();
                    assertThatThrownBy(
                                    () -> {
                                        try (Live other = new Live("x64")) {
                                            other.session().attach(process.processId());
                                        }
                                    })
                            .isInstanceOf(DriverException.class)
                            .hasMessageContaining("debugger");
                    Breakpoint sleeps = session.breakAt("kernel32!Sleep").run((hit, now) -> {});
                    while (sleeps.hits() == 0) {
                        session.run(Duration.ofMillis(700));
                    }
                    session.interrupt();
                    session.go();
                    assertThat(sleeps.hits()).isPositive();
                    session.detach(process.processId());
                }
                assertThat(process.await(Duration.ofMillis(400))).isFalse();
                process.kill(0);
            }
        }
    }

    @Test
    void survivesAKillFromOutside() {
        try (Live live = new Live("x64")) {
            Stop start = live.start("hits", "100000");
            long id = start.processId();
            live.session()
                    .breakAt(live.at("run_func"))
                    .run(
                            (hit, stop) -> {
                                if (hit.breakpoint().hits() == 20) {
                                    try (WindowsProcess process = WindowsProcess.open(id)) {
                                        process.kill(77);
                                    }
                                }
                            });
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class)).isPresent();
            assertThat(live.session().go()).isEmpty();
        }
    }

    @Test
    void survivesThreadsThatEndAtOnceAndModulesThatComeAndGo() {
        try (Live live = new Live("x64")) {
            live.session().breakAt("kernel32!BaseThreadInitThunk").run((hit, stop) -> {});
            live.start("spawn", "60");
            live.session().go();
            assertThat(live.printed()).contains("spawned=60");
        }
        try (Live live = new Live("x64")) {
            int[] loads = new int[1];
            live.session().on(DebugEvent.ModuleLoaded.class, (e, stop) -> loads[0]++);
            live.start("load", "40");
            live.session().go();
            assertThat(loads[0]).isGreaterThanOrEqualTo(40);
        }
    }
}
