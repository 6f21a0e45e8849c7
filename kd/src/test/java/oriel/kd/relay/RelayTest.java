package oriel.kd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.Transport;

/** A relay between two sockets. */
class RelayTest {
    /** Two lines whose other ends a test holds. */
    private static final class Ends implements AutoCloseable {
        final Socket[] sockets = new Socket[2];
        final Transport[] lines = new Transport[2];

        Ends() {
            try {
                for (int i = 0; i < 2; i++) {
                    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        lines[i] = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort()).open();
                        sockets[i] = server.accept();
                        sockets[i].setSoTimeout(120_000);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            sockets[0].close();
            sockets[1].close();
        }
    }

    /** Keeps what it is told. */
    private static final class Told implements RelayListener {
        final List<String> events = new ArrayList<>();
        final ByteArrayOutputStream toB = new ByteArrayOutputStream();

        @Override
        public void passed(Direction direction, long nanos, byte[] bytes) {
            if (direction == Direction.A_TO_B) {
                toB.writeBytes(bytes);
            }
        }

        @Override
        public void crlfFound(Direction direction) {
            events.add("crlf " + direction);
        }

        @Override
        public void ended(Direction direction, String why) {
            events.add("ended");
        }
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(6).nextBytes(bytes);
        return bytes;
    }

    private static byte[] expanded(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        for (byte b : bytes) {
            if (b == 0x0a) {
                out.write(0x0d);
            }
            out.write(b);
        }
        return out.toByteArray();
    }

    @Test
    void carriesEveryByteBothWaysAndEndsWithAnEnd() throws Exception {
        byte[] there = random(300_000);
        byte[] back = random(100_000);
        var told = new Told();
        try (var ends = new Ends();
                var relay = new Relay(ends.lines[0], ends.lines[1], Crlf.KEEP, Crlf.KEEP, told)) {
            relay.start();
            Thread sender = new Thread(() -> send(ends.sockets[0], there));
            sender.start();
            assertThat(ends.sockets[1].getInputStream().readNBytes(there.length)).isEqualTo(there);
            sender.join();
            ends.sockets[1].getOutputStream().write(back);
            assertThat(ends.sockets[0].getInputStream().readNBytes(back.length)).isEqualTo(back);
            ends.sockets[0].close();
            relay.await();
            assertThat(relay.count(Direction.A_TO_B)).isEqualTo(there.length);
            assertThat(relay.count(Direction.B_TO_A)).isEqualTo(back.length);
            assertThat(told.events).containsExactly("ended");
            assertThat(told.toB.toByteArray()).isEqualTo(there);
        }
    }

    private static void send(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of pieces that are all there, and of what was written to it. */
    private static final class Pieces implements Transport {
        private final Queue<byte[]> toRead = new ArrayDeque<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final boolean lasts;

        /**
         * @param lasts whether it stays open when all has been read
         */
        Pieces(byte[] bytes, boolean lasts, int... cuts) {
            this.lasts = lasts;
            int from = 0;
            for (int cut : cuts) {
                toRead.add(Arrays.copyOfRange(bytes, from, cut));
                from = cut;
            }
            toRead.add(Arrays.copyOfRange(bytes, from, bytes.length));
        }

        @Override
        public String name() {
            return "pieces";
        }

        @Override
        public int read(byte[] into, long timeoutNanos) {
            byte[] next = toRead.poll();
            if (next == null) {
                LockSupport.parkNanos(Math.min(timeoutNanos, 1_000_000));
                return lasts ? 0 : -1;
            }
            System.arraycopy(next, 0, into, 0, next.length);
            return next.length;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }

    @Test
    void undoesTheExpansionOfOneDirectionExactly() throws Exception {
        byte[] wanted = random(10_000);
        wanted[50] = 0x0d;
        wanted[51] = 0x0a;
        wanted[wanted.length - 1] = 0x0d;
        byte[] expanded = expanded(wanted);
        byte[] pair = {1, 0x0d, 0x0a, 2};
        // Each place at which the line may be cut comes once.
        for (int cut = 1; cut < 200; cut++) {
            var a = new Pieces(expanded, false, cut, cut + 1, 5000 + cut);
            var b = new Pieces(pair, true, 2);
            var told = new Told();
            try (var relay = new Relay(a, b, Crlf.COLLAPSE, Crlf.KEEP, told)) {
                relay.start();
                relay.await();
            }
            assertThat(b.written.toByteArray()).isEqualTo(wanted);
            assertThat(told.toB.toByteArray()).isEqualTo(wanted);
            assertThat(a.written.toByteArray()).isEqualTo(pair);
            assertThat(told.events).containsExactly("ended");
        }
    }

    /** A line that takes what is written only when its answer has been told. */
    private static final class Answering implements Transport {
        private final LinkedBlockingQueue<byte[]> toRead = new LinkedBlockingQueue<>();
        private final CountDownLatch answerTold = new CountDownLatch(1);

        @Override
        public String name() {
            return "answering";
        }

        @Override
        public int read(byte[] into, long timeoutNanos) throws IOException {
            try {
                byte[] next = toRead.poll(timeoutNanos, TimeUnit.NANOSECONDS);
                if (next == null) {
                    return 0;
                }
                System.arraycopy(next, 0, into, 0, next.length);
                return next.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            toRead.add(new byte[] {9});
            try {
                answerTold.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    @Timeout(120)
    void tellsOfAQuestionBeforeItsAnswer() throws Exception {
        var told = new ArrayList<Direction>();
        var b = new Answering();
        var a = new Pieces(new byte[] {8}, false);
        RelayListener listener =
                (direction, nanos, bytes) -> {
                    told.add(direction);
                    if (direction == Direction.B_TO_A) {
                        b.answerTold.countDown();
                    }
                };
        try (var relay = new Relay(a, b, Crlf.KEEP, Crlf.KEEP, listener)) {
            relay.start();
            relay.await();
        }
        assertThat(told).containsExactly(Direction.A_TO_B, Direction.B_TO_A);
        assertThat(a.written.toByteArray()).containsExactly(9);
    }

    @Test
    void passesOnALone0dAfterAMoment() throws Exception {
        try (var ends = new Ends();
                var relay =
                        new Relay(
                                ends.lines[0],
                                ends.lines[1],
                                Crlf.COLLAPSE,
                                Crlf.KEEP,
                                new Told())) {
            relay.start();
            send(ends.sockets[0], new byte[] {7, 0x0d});
            assertThat(ends.sockets[1].getInputStream().readNBytes(2)).containsExactly(7, 0x0d);
        }
    }

    @Test
    void noticesByAPacketThatALineExpands() throws Exception {
        byte[] packet = {
            0x30,
            0x30,
            0x30,
            0x30,
            3,
            0,
            2,
            0,
            0,
            0,
            (byte) 0x80,
            (byte) 0x80,
            0x14,
            0,
            0,
            0,
            0x0a,
            0x0a,
            (byte) 0xaa
        };
        var told = new Told();
        try (var ends = new Ends();
                var relay = new Relay(ends.lines[0], ends.lines[1], Crlf.AUTO, Crlf.AUTO, told)) {
            relay.start();
            byte[] expanded = expanded(packet);
            send(ends.sockets[0], expanded);
            // The first is what told it, and passes as it is; the other end asks for it again.
            assertThat(ends.sockets[1].getInputStream().readNBytes(expanded.length))
                    .isEqualTo(expanded);
            send(ends.sockets[0], expanded);
            assertThat(ends.sockets[1].getInputStream().readNBytes(packet.length))
                    .isEqualTo(packet);
            assertThat(told.events).containsExactly("crlf A_TO_B");
        }
    }
}
