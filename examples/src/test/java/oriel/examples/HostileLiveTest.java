package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.ExceptionRules;
import oriel.engine.session.ExceptionRules.StopAt;
import oriel.engine.session.Stop;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;
import oriel.win32.SystemFacts;

/** A program that looks for debuggers finds none in hostile mode. */
@Timeout(600)
@NeedsWindows
class HostileLiveTest {
    private static String alone(Path program) throws IOException {
        Process process = new ProcessBuilder(program.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static String debugged(String architecture, boolean hostile) {
        Path program = Debuggee.onDriveC("hostile", architecture);
        try (Live live = new Live(architecture)) {
            live.session().exceptions().stop(StopAt.NEVER);
            live.session().exceptions().stop(ExceptionRules.BREAKPOINT, StopAt.NEVER);
            live.session().hostile(hostile);
            live.session().start(Launch.of(program.toString()).outputTo(live.output().toString()));
            Breakpoint watch =
                    live.session()
                            .watch("hostile-" + architecture + "!hostile_variable", Access.WRITE, 4)
                            .run((hit, stop) -> {});
            live.session().run();
            assertThat(watch.hits()).isEqualTo(2);
            return live.printed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void breaksIntoAProgramThatHasWrittenOverTheWayIn(String architecture) {
        try (Live live = new Live("hostile", architecture)) {
            live.session().exceptions().stop(StopAt.NEVER);
            live.session().hostile(true);
            live.start("patched");
            while (!live.printed().startsWith("patched")) {
                assertThat(live.session().go(Duration.ofMillis(50)).map(Stop::events)).isEmpty();
            }
            for (int i = 0; i < 2; i++) {
                live.session().interrupt();
                Stop stop = live.session().go().orElseThrow();
                assertThat(stop.event(DebugEvent.Interrupted.class)).isPresent();
            }
            live.session().kill(live.session().processIds().get(0));
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class).orElseThrow().exitCode())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    @NeedsWindows(with32Bit = true)
    void isNotSeen(String architecture) throws IOException {
        String alone = alone(Debuggee.onDriveC("hostile", architecture));
        assertThat(alone).contains("IsDebuggerPresent=0").contains("done");
        assertThat(debugged(architecture, false)).contains("IsDebuggerPresent=1");
        // Wine tells nobody of exceptions in a process that seems not to be debugged.
        String mark = SystemFacts.isWine() ? "BeingDebugged=1" : "BeingDebugged=0";
        assertThat(debugged(architecture, true)).isEqualTo(alone.replace("BeingDebugged=0", mark));
    }
}
