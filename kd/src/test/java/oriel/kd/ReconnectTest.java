package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;
import oriel.testkit.kd.ScriptedStreamTarget.Habit;

/** A line that is torn, and a machine that starts anew. */
class ReconnectTest {
    private static final long CODE = ScriptedKernel.BASE + 0x1000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Plugs every new connection into a kernel. */
    private static void serve(
            ServerSocket server, ScriptedKernel kernel, BlockingQueue<ScriptedStreamTarget> ends) {
        Thread acceptor =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    Socket socket = server.accept();
                                    socket.setTcpNoDelay(true);
                                    ends.add(
                                            new ScriptedStreamTarget(
                                                            kernel,
                                                            socket.getInputStream(),
                                                            socket.getOutputStream())
                                                    .start());
                                }
                            } catch (IOException e) {
                                // closed
                            }
                        });
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @Test
    void keepsBreakpointsWhenTheCableIsTorn() throws Exception {
        ScriptedKernel kernel = new ScriptedKernel(true, 1).path(CODE, CODE + 4, CODE + 9);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var said = new ArrayList<String>();
            var ends = new LinkedBlockingQueue<ScriptedStreamTarget>();
            serve(server, kernel, ends);
            var events =
                    new KdEvents() {
                        @Override
                        public void noticed(String what) {
                            said.add(what);
                        }
                    };
            try (var session =
                    new KdSession(new KdConnection(end.openAgainAndAgain(), Crlf.AUTO, events))) {
                session.attach(PATIENCE);
                KernelRunner runner = session.runner();
                KernelBreakpoint first = runner.addBreakpoint("", OptionalLong.of(CODE + 4));
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(first);
                KernelBreakpoint second = runner.addBreakpoint("", OptionalLong.of(CODE + 9));
                // Torn while the target stands still.
                ends.take().close();
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(second);
                assertThat(runner.refusedBreakpoints()).isEmpty();
                assertThat(runner.breakpoints()).containsExactly(first, second);
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(first);
                assertThat(said).anyMatch(s -> s.contains("connected again"));
            }
        }
    }

    @Test
    void findsBreakpointsWhereTheyAreWhenTheMachineStartsAnew() {
        long moved = CODE + 9;
        ScriptedKernel kernel =
                new ScriptedKernel(true, 1)
                        .path(CODE, CODE + 4, moved)
                        .mapping("\\SystemRoot\\ntoskrnl.exe", ScriptedKernel.BASE, 0x9000);
        try (var line = new TestLine(kernel)) {
            var restarts = new ArrayList<Integer>();
            KernelRunner runner = line.session.runner();
            runner.onRestart(() -> restarts.add(1));
            runner.findBy(
                    (place, image) ->
                            place.equals("nt!Here")
                                    ? OptionalLong.of(moved)
                                    : OptionalLong.empty());
            line.session.attach(PATIENCE);
            runner.addBreakpoint("nt!Here", OptionalLong.of(CODE + 4));
            runner.addBreakpoint("gone!There", OptionalLong.of(CODE));
            RunEnd anew = runner.run(Exceptions.HANDLED, 0);
            assertThat(anew.reason()).isEqualTo(RunEnd.Reason.SYMBOLS);
            assertThat(restarts).isEqualTo(List.of(1));
            RunEnd hit = runner.run(Exceptions.HANDLED, 0);
            assertThat(hit.stop().pc()).isEqualTo(moved);
            assertThat(hit.breakpoint().orElseThrow().place()).isEqualTo("nt!Here");
            assertThat(runner.breakpoints().get(1).va()).isEmpty();
        }
    }

    @Test
    void keepsBreakpointsThatTheTargetTakesOutWhenItTellsOfImages() {
        long near = ScriptedKernel.BREAK_VA + 5;
        for (int images : new int[] {1, 3}) {
            ScriptedKernel kernel = new ScriptedKernel(true, 1).path(near, CODE);
            for (int i = 0; i < images; i++) {
                kernel.mapping("\\SystemRoot\\driver" + i + ".sys", CODE + 0x100000L * i, 0x2000);
            }
            try (var line = new TestLine(kernel)) {
                line.session.attach(PATIENCE);
                KernelRunner runner = line.session.runner();
                KernelBreakpoint kept = runner.addBreakpoint("", OptionalLong.of(near));
                assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(kept);
            }
            kernel.mapping("\\SystemRoot\\last.sys", CODE, 0x2000);
            try (var line = new TestLine(kernel)) {
                line.session.attach(PATIENCE);
                RunEnd there = line.session.runner().run(Exceptions.HANDLED, near);
                assertThat(there.reason()).isEqualTo(RunEnd.Reason.ARRIVED);
                assertThat(there.stop().pc()).isEqualTo(near);
            }
        }
    }

    @Test
    void goesOnSoonWithATargetThatHasGivenItUp() {
        ScriptedKernel kernel = new ScriptedKernel(true, 1).path(CODE, CODE + 4);
        try (var line = new TestLine(kernel, KdEvents.NONE, t -> t.being(Habit.GIVES_UP_ONCE))) {
            KdStop stop = line.session.attach(PATIENCE);
            for (int i = 0; i < 6; i++) {
                assertThat(stop.memory().readUpTo(CODE + 0x1000L * i, 16)).hasSize(16);
            }
            KernelRunner runner = line.session.runner();
            KernelBreakpoint one = runner.addBreakpoint("", OptionalLong.of(CODE + 4));
            assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(one);
        }
    }

    @Test
    void findsTheStopOfATargetThatOwesAnAnswerToADebuggerBefore() {
        ScriptedKernel kernel = new ScriptedKernel(true, 1).path(CODE, CODE + 4);
        kernel.loadSymbols("\\SystemRoot\\hal.dll", CODE, 0x2000);
        try (var line = new TestLine(kernel, KdEvents.NONE, t -> t.being(Habit.OWES_AN_ANSWER))) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.change().event().toString()).contains("hal.dll");
            assertThat(stop.memory().readUpTo(CODE, 16)).hasSize(16);
        }
    }

    @Test
    void stopsATargetOfWhichTheLineHoldsAnOldStop() {
        ScriptedKernel kernel = new ScriptedKernel(true, 1).path(CODE, CODE + 4);
        try (var line = new TestLine(kernel, KdEvents.NONE, t -> t.being(Habit.STOPPED_LONG_AGO))) {
            KdStop stop = line.session.attach(PATIENCE);
            assertThat(stop.pc()).isEqualTo(ScriptedKernel.BREAK_VA);
            assertThat(kernel.log()).contains("3146");
        }
    }

    @Test
    void goesOnFromTheProcessorThatStoppedWhenAnotherIsLookedAt() {
        ScriptedKernel kernel = new ScriptedKernel(true, 2).path(CODE, CODE + 4);
        try (var line = new TestLine(kernel)) {
            line.session.attach(PATIENCE);
            line.session.switchProcessor(1);
            KernelRunner runner = line.session.runner();
            KernelBreakpoint one = runner.addBreakpoint("", OptionalLong.of(CODE + 4));
            assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(one);
            KdStop first = line.session.switchProcessor(0);
            assertThat(first.pc()).isEqualTo(ScriptedKernel.BREAK_VA + 1);
        }
    }

    @Test
    void goesOnWithATargetThatRunsAlready() {
        ScriptedKernel kernel = new ScriptedKernel(true, 1).path(CODE, CODE + 4);
        kernel.mapping("\\SystemRoot\\driver.sys", CODE, 0x2000);
        try (var line = new TestLine(kernel, KdEvents.NONE, t -> t.being(Habit.RUNS_ON_ALONE))) {
            line.session.attach(PATIENCE);
            KernelRunner runner = line.session.runner();
            runner.onSymbols(image -> line.session.interrupt());
            RunEnd stopped = runner.run(Exceptions.HANDLED, 0);
            assertThat(stopped.reason()).isEqualTo(RunEnd.Reason.BREAK_IN);
            KernelBreakpoint one = runner.addBreakpoint("", OptionalLong.of(CODE + 4));
            assertThat(runner.run(Exceptions.HANDLED, 0).breakpoint()).contains(one);
        }
    }
}
