package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.Transport;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;

/** The same conversation over every kind of line. */
class LinesTest {
    private static final long DATA = 0xffffb00000000000L;

    @TempDir Path folder;

    private static byte[] content() {
        var bytes = new byte[12_000];
        new Random(8).nextBytes(bytes);
        return bytes;
    }

    private static ScriptedStreamTarget target(InputStream in, OutputStream out) {
        return new ScriptedStreamTarget(
                        new ScriptedKernel(true, 1).memory(DATA, content()), in, out)
                .resendingAfter(400)
                .start();
    }

    private static void converse(Transport line) {
        try (var session = new KdSession(new KdConnection(line, Crlf.AUTO, KdEvents.NONE))) {
            KdStop stop = session.attach(Duration.ofSeconds(120));
            assertThat(stop.version().build()).isEqualTo(19041);
            assertThat(stop.memory().readFully(DATA, 12_000)).isEqualTo(content());
            session.leaveRunning();
        }
    }

    @Test
    void overATcpPortToWhichTheTargetConnects() throws IOException {
        Transport line = Endpoint.parse("listen:127.0.0.1:0").open();
        int port = Integer.parseInt(line.name().substring("listen:".length()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var target = target(socket.getInputStream(), socket.getOutputStream())) {
            socket.setTcpNoDelay(true);
            assertThat(target).isNotNull();
            converse(line);
        }
    }

    @Test
    void overAUnixSocket() throws IOException {
        Path path = folder.resolve("vm.sock");
        assumeTrue(path.toString().length() < 100, "folders here are too deep for a socket");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            Transport line = Endpoint.parse("unix:" + path).open();
            try (SocketChannel channel = server.accept();
                    var target = target(Channels.newInputStream(channel), new Out(channel))) {
                assertThat(target).isNotNull();
                converse(line);
            }
        }
    }

    /** Writes of a channel's own stream wait for its reads. */
    private static final class Out extends OutputStream {
        private final SocketChannel channel;

        Out(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var left = ByteBuffer.wrap(bytes, offset, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    @Test
    void overThePairOfFifosThatQemuCallsAPipe() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is not installed");
        Path pipe = folder.resolve("com1");
        Process mkfifo = new ProcessBuilder("/usr/bin/mkfifo", pipe + ".in", pipe + ".out").start();
        assertThat(mkfifo.waitFor()).isZero();
        // As QEMU does: both for reading and writing, so that opening does not wait.
        try (var in = new java.io.RandomAccessFile(pipe + ".in", "rw");
                var out = new java.io.RandomAccessFile(pipe + ".out", "rw");
                var target =
                        target(
                                Channels.newInputStream(in.getChannel()),
                                Channels.newOutputStream(out.getChannel()))) {
            assertThat(target).isNotNull();
            converse(Endpoint.parse("pipe:" + pipe).open());
            // Ends the read of the target.
            in.write(0);
        }
    }

    /** A pseudo-terminal by socat, which leads to a TCP port where the target is. */
    private record Pty(Process socat, String device, Socket socket) implements AutoCloseable {
        static Pty open(String options) throws IOException {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat is not installed");
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                server.setSoTimeout(120_000);
                Process socat =
                        new ProcessBuilder(
                                        "/usr/bin/socat",
                                        "-d",
                                        "-d",
                                        "pty," + options,
                                        "tcp:127.0.0.1:" + server.getLocalPort())
                                .redirectErrorStream(true)
                                .start();
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        socat.getInputStream(), StandardCharsets.UTF_8));
                String device = "";
                for (String line; device.isEmpty() && (line = lines.readLine()) != null; ) {
                    int at = line.indexOf("PTY is ");
                    device = at < 0 ? "" : line.substring(at + 7).strip();
                }
                assumeTrue(!device.isEmpty(), "socat can make no terminal here");
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                return new Pty(socat, device, socket);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            socat.destroy();
            try {
                socat.waitFor(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void overAPseudoTerminalWhichItMakesRaw() throws IOException {
        try (Pty pty = Pty.open("echo=1");
                var target =
                        target(pty.socket().getInputStream(), pty.socket().getOutputStream())) {
            assertThat(target).isNotNull();
            converse(Endpoint.parse(pty.device()).open());
        }
    }

    @Test
    void overASerialPortWithItsSpeed() throws IOException {
        // By another name it is a device like any other, whose speed is set.
        Path device = folder.resolve("ttyS9");
        try (Pty pty = Pty.open("raw,echo=0,link=" + device);
                var target =
                        target(pty.socket().getInputStream(), pty.socket().getOutputStream())) {
            assertThat(target).isNotNull();
            Transport line = Endpoint.parse("serial:" + device + ",115200").open();
            assertThat(line.name()).startsWith("serial:").endsWith(",115200");
            assertThat(line.timing().acknowledgeNanos()).isGreaterThan(1_000_000_000L);
            converse(line);
        }
    }

    @Test
    void overALineThatTurns0aInto0d0aOnTheWayFromTheTarget() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Transport line = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort()).open();
            try (Socket socket = server.accept();
                    var target =
                            target(
                                    socket.getInputStream(),
                                    new Expanding(socket.getOutputStream()))) {
                socket.setTcpNoDelay(true);
                assertThat(target).isNotNull();
                converse(line);
            }
        }
    }

    /** A console of Xen. */
    private static final class Expanding extends OutputStream {
        private final OutputStream out;

        Expanding(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var expanded = new byte[2 * length];
            int at = 0;
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == 0x0a) {
                    expanded[at++] = 0x0d;
                }
                expanded[at++] = bytes[i];
            }
            out.write(Arrays.copyOf(expanded, at));
        }
    }
}
