package oriel.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.app.kernel.SceneServer;
import oriel.testkit.kd.KernelScene;

/** {@code oriel relay} between sockets. */
class RelayCommandTest {
    @TempDir Path folder;

    /** A relay that listens at its first end. */
    private static final class Running {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> code;

        Running(String... args) {
            var console = new Console(stream(out), stream(err), false, false, Map.of());
            code =
                    CompletableFuture.supplyAsync(
                            () -> new CommandLineTool(console).run(args), Running::begin);
        }

        private static void begin(Runnable task) {
            Thread thread = new Thread(task, "relay of a test");
            thread.setDaemon(true);
            thread.start();
        }

        private static PrintStream stream(ByteArrayOutputStream bytes) {
            return new PrintStream(bytes, true, StandardCharsets.UTF_8);
        }

        /** The port at which it listens, once it does. */
        int port() {
            while (!err().contains("; Ctrl-C ends it")) {
                assertThat(code).as(err()).isNotDone();
                LockSupport.parkNanos(1_000_000);
            }
            String name = err().substring(err().indexOf("listen:") + "listen:".length());
            return Integer.parseInt(name.substring(0, name.indexOf(' ')));
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void showsAndRecordsWhatADebuggerAndATargetSay() {
        Path file = folder.resolve("session.kd");
        try (var server = new SceneServer(KernelScene.of(true, 1), 0, t -> t)) {
            var relay =
                    new Running(
                            "relay",
                            "--tap",
                            "--record",
                            file.toString(),
                            "listen:127.0.0.1:0",
                            "tcp:" + server.address());
            Outcome debugger =
                    Outcome.of(
                            "kernel",
                            "--tcp",
                            "127.0.0.1:" + relay.port(),
                            "--timeout",
                            "120",
                            "--exec",
                            "lm; r; q");
            assertThat(debugger.err()).isEmpty();
            assertThat(relay.code.join()).isEqualTo(ExitCode.FOUND);
            assertThat(relay.out())
                    .contains(" > reset #0\n")
                    .contains(" > break-in\n")
                    .contains(" < stop: exception 80000003, pc fffff80080005000")
                    .contains(" < GetVersion answered Windows 10 19041 x64")
                    .doesNotContain("damaged");
            assertThat(relay.err()).containsPattern("has gone; [1-9]\\d+ bytes from A to B, [1-9]");
            Outcome replayed =
                    Outcome.of("kernel", "--replay", file.toString(), "--exec", "lm; r; q");
            assertThat(replayed.out()).isEqualTo(debugger.out());
        }
    }

    @Test
    void takesTheExpansionOfOneDirectionOutAndShowsBytes() throws IOException {
        try (var far = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            far.setSoTimeout(120_000);
            var relay =
                    new Running(
                            "relay",
                            "--fix-crlf=b",
                            "--dump",
                            "hex",
                            "listen:127.0.0.1:0",
                            "tcp:127.0.0.1:" + far.getLocalPort());
            try (var near = new Socket(InetAddress.getLoopbackAddress(), relay.port());
                    Socket target = far.accept()) {
                near.setSoTimeout(120_000);
                target.setSoTimeout(120_000);
                byte[] pairs = {1, 0x0d, 0x0d, 0x0a, 0x0d, 2, 0x0d, 0x0a};
                target.getOutputStream().write(pairs);
                assertThat(near.getInputStream().readNBytes(6))
                        .containsExactly(1, 0x0d, 0x0a, 0x0d, 2, 0x0a);
                near.getOutputStream().write(pairs);
                assertThat(target.getInputStream().readNBytes(8)).isEqualTo(pairs);
            }
            assertThat(relay.code.join()).isEqualTo(ExitCode.FOUND);
            assertThat(relay.out()).contains(" > 01 ").contains(" < 01 ");
            assertThat(relay.err()).contains("8 bytes from A to B, 6 from B to A");
        }
    }
}
