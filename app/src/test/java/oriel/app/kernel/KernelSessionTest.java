package oriel.app.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.engine.session.Breakpoint;
import oriel.engine.session.DebugEvent;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.kd.KdConnection;
import oriel.kd.KdDriver;
import oriel.kd.KdEvents;
import oriel.kd.KdSession;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.testkit.kd.KernelScene;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;

/** Debug sessions, with their breakpoints and steps, on kernels. */
class KernelSessionTest {
    private static final long CODE = ScriptedKernel.BASE + 0x1000;
    private static final long DRIVER = 0xfffff80081000000L;

    private static DebugSession open(ScriptedKernel kernel) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var connection = new KdConnection(end.open(), Crlf.AUTO, KdEvents.NONE);
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            var target =
                    new ScriptedStreamTarget(
                            kernel, socket.getInputStream(), socket.getOutputStream());
            target.start();
            var session = new KdSession(connection);
            return DebugSession.open(
                    () -> new KdDriver(session, Duration.ofSeconds(120), stop -> List.of()));
        }
    }

    /** The program of the scene, of instructions that do nothing. */
    private static ScriptedKernel scene() {
        ScriptedKernel kernel = KernelScene.of(true, 1);
        var code = new byte[0x20];
        java.util.Arrays.fill(code, (byte) 0x90);
        return kernel.memory(CODE, code).path(CODE, CODE + 1, CODE + 2, CODE + 3);
    }

    @Test
    void stopsWhereItWasBrokenInto() throws IOException {
        try (DebugSession session = open(scene())) {
            Stop stop = session.go().orElseThrow();
            assertThat(stop.event(DebugEvent.Interrupted.class)).isPresent();
            assertThat(stop.pc()).isEqualTo(ScriptedKernel.BREAK_VA);
            assertThat(stop.processId()).isZero();
            assertThat(stop.label(stop.pc())).isEqualTo("ntoskrnl!DbgBreakPointWithStatus");
            assertThat(stop.modules()).extracting(m -> m.base()).contains(ScriptedKernel.BASE);
        }
    }

    @Test
    void countsHitsChecksConditionsAndCallsBack() throws IOException {
        try (DebugSession session = open(scene())) {
            session.go();
            var seen = new ArrayList<Long>();
            Breakpoint counted = session.breakAt(0, CODE + 1);
            counted.run(
                    (hit, stop) -> {
                        seen.add(stop.pc());
                        if (seen.size() == 3) {
                            stop.hold();
                        }
                    });
            Breakpoint never = session.breakAt(0, CODE + 3).when("@rax == 77");
            Stop stop = session.go().orElseThrow();
            assertThat(stop.pc()).isEqualTo(CODE + 1);
            assertThat(seen).containsExactly(CODE + 1, CODE + 1, CODE + 1);
            assertThat(counted.hits()).isEqualTo(3);
            assertThat(never.hits()).isZero();
            // What a trap replaces is not seen.
            assertThat(stop.memory().unsigned(CODE + 3, 1)).hasValue(0x90);
        }
    }

    @Test
    void stepsAndRunsToAnAddress() throws IOException {
        try (DebugSession session = open(scene())) {
            session.go();
            assertThat(session.runTo(CODE + 2).orElseThrow().pc()).isEqualTo(CODE + 2);
            Stop stepped = session.stepInto().orElseThrow();
            assertThat(stepped.event(DebugEvent.StepDone.class)).isPresent();
            assertThat(stepped.pc()).isEqualTo(CODE + 3);
        }
    }

    @Test
    void waitsForADriverThatIsNotLoaded() throws IOException {
        ScriptedKernel kernel = scene().mapping("\\SystemRoot\\late.sys", DRIVER, 0x2000);
        KernelScene.driver(kernel, DRIVER, "late.sys", "Start", 0x1000);
        kernel.path(CODE, DRIVER + 0x1000);
        try (DebugSession session = open(kernel)) {
            session.go();
            Breakpoint waiting = session.breakAt("late!Start");
            assertThat(waiting.isPending()).isTrue();
            Stop stop = session.go().orElseThrow();
            assertThat(stop.pc()).isEqualTo(DRIVER + 0x1000);
            assertThat(waiting.hits()).isEqualTo(1);
        }
    }

    @Test
    void findsBreakpointsAgainWhenTheMachineStartsAnew() throws IOException {
        ScriptedKernel kernel =
                scene().mapping(
                                "\\SystemRoot\\system32\\ntoskrnl.exe",
                                ScriptedKernel.BASE,
                                0x9000);
        KernelScene.driver(kernel, DRIVER, "late.sys", "Start", 0x1000);
        kernel.mapping("\\SystemRoot\\late.sys", DRIVER, 0x2000).path(CODE, DRIVER + 0x1000);
        try (DebugSession session = open(kernel)) {
            session.go();
            Breakpoint wanted = session.breakAt("late!Start");
            Optional<Stop> end = session.go();
            assertThat(end.orElseThrow().event(DebugEvent.ProcessExited.class)).isPresent();
            Stop stop = session.go().orElseThrow();
            assertThat(stop.pc()).isEqualTo(DRIVER + 0x1000);
            assertThat(wanted.hits()).isEqualTo(1);
        }
    }
}
