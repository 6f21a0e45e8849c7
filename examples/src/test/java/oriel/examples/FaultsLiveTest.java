package oriel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.driver.Launch;
import oriel.engine.session.Access;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.session.Trace;
import oriel.format.pe.PeImage;
import oriel.testkit.Debuggee;
import oriel.testkit.NeedsWindows;
import oriel.win32.ProcessStart;
import oriel.win32.WindowsDriver;
import oriel.win32.WindowsProcess;

/** Targets that end when nobody expects it, and a debugger that does. */
@Timeout(600)
@NeedsWindows(with32Bit = true)
class FaultsLiveTest {
    private static void kill(long processId) {
        try (WindowsProcess process = WindowsProcess.open(processId)) {
            process.kill(77);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void survivesTheEndOfATargetThatSteps(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("steps", "100000");
            live.session().breakAt(live.at("run_loop")).once();
            Stop stop = live.session().go().orElseThrow();
            var steps = new AtomicInteger();
            live.session()
                    .trace(
                            stop.thread(),
                            Trace.Grain.INSTRUCTION,
                            (from, now) -> {
                                if (steps.incrementAndGet() == 50) {
                                    kill(now.processId());
                                }
                            });
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class)).isPresent();
            assertThat(live.session().go()).isEmpty();
            assertThat(steps.get()).isGreaterThanOrEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void survivesTheEndOfATargetWhileABreakpointIsSet(String architecture) {
        try (Live live = new Live(architecture)) {
            Stop start = live.start("hits", "1000");
            kill(start.processId());
            Breakpoint late = live.session().breakAt(live.at("run_func"));
            live.session().watchBuffer(start.processId(), 0x10000, 4, Access.ACCESS);
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class)).isPresent();
            assertThat(late.hits()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x64", "x86"})
    void tellsHooksThatWaitWhenTheTargetEnds(String architecture) {
        try (Live live = new Live(architecture)) {
            live.start("exit", "9");
            List<String> told = new ArrayList<>();
            live.session()
                    .hook("kernel32!void ExitProcess(UINT code)")
                    .onEnter((call, stop) -> told.add("enter " + call.argument("code")))
                    .onLeave((call, stop) -> told.add(call.isUnwound() ? "unwound" : "returned"));
            Stop end = live.session().go().orElseThrow();
            assertThat(end.event(DebugEvent.ProcessExited.class).orElseThrow().exitCode())
                    .isEqualTo(9);
            assertThat(told).containsExactly("enter 9", "unwound");
        }
    }

    /**
     * Where this JVM has what the debugger needs: the tests' own class path may be a single file.
     */
    private static String classPath() {
        var path = new LinkedHashSet<String>();
        for (Class<?> each :
                List.of(
                        DebuggerThatDies.class,
                        DebugSession.class,
                        WindowsDriver.class,
                        Launch.class,
                        PeImage.class,
                        Native.class,
                        Kernel32.class)) {
            path.add(
                    Path.of(
                                    URI.create(
                                            each.getProtectionDomain()
                                                    .getCodeSource()
                                                    .getLocation()
                                                    .toString()))
                            .toString());
        }
        return String.join(";", path);
    }

    /** A JVM like this one. */
    private static Process debugger(String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java.exe").toString());
        command.add("-XX:+UseSerialGC");
        String security = System.getProperty("java.security.properties");
        if (security != null) {
            command.add("-Djava.security.properties=" + security);
        }
        command.add("-cp");
        command.add(classPath());
        command.add(DebuggerThatDies.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Which process it debugs, as soon as that runs. */
    private static long running(Process debugger) throws IOException {
        BufferedReader lines = debugger.inputReader(StandardCharsets.US_ASCII);
        String line = lines.readLine();
        assertThat(line).startsWith("running ");
        return Long.parseLong(line.substring(8).strip());
    }

    @Test
    void leavesAnAttachedTargetRunningWhenTheDebuggerDies() throws Exception {
        try (Live live = new Live("x64");
                var started =
                        ProcessStart.of(live.launch("wait").command())
                                .output(live.output())
                                .start()) {
            WindowsProcess target = started.process();
            live.awaitReady();
            Process debugger = debugger("attach", Long.toString(target.processId()));
            try {
                assertThat(running(debugger)).isEqualTo(target.processId());
            } finally {
                debugger.destroyForcibly().waitFor();
            }
            // Not only is it there, it runs: another debugger sees it do so.
            try (DebugSession session = DebugSession.open(WindowsDriver::new)) {
                session.attach(target.processId());
                Breakpoint sleeps = session.breakAt("kernel32!Sleep");
                session.go();
                assertThat(sleeps.hits()).isEqualTo(1);
            } finally {
                target.kill(0);
            }
        }
    }

    @Test
    void endsAStartedTargetWhenTheDebuggerDies() throws Exception {
        String program = Debuggee.onDriveC("run", "x64").toString();
        Process debugger = debugger("start", program, "C:\\oriel\\orphan.txt");
        long id;
        try {
            id = running(debugger);
        } finally {
            debugger.destroyForcibly().waitFor();
        }
        try (WindowsProcess target = WindowsProcess.open(id)) {
            assertThat(target.await(Duration.ofSeconds(240))).isTrue();
        } catch (oriel.driver.DriverException e) {
            // It has gone already.
            assertThat(e).hasMessageContaining("OpenProcess");
        }
    }
}
