package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.LinkTiming;
import oriel.kd.transport.Endpoint;
import oriel.kd.transport.Transport;
import oriel.testkit.kd.LineFaults;
import oriel.testkit.kd.LineFaults.Fault;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedStreamTarget;

/**
 * Whatever a line does, a request is answered right or fails with words. The seeds decide all
 * faults.
 */
class FaultyLineTest {
    private static final long DATA = 0xffffb00000000000L;
    private static final int SIZE = 80_000;

    /** Lines of a test are quick, so little patience is enough. */
    private record Quick(Transport of) implements Transport {
        @Override
        public LinkTiming timing() {
            return new LinkTiming(80_000_000L, 30_000_000L, 25);
        }

        @Override
        public String name() {
            return of.name();
        }

        @Override
        public int read(byte[] into, long timeoutNanos) throws IOException {
            return of.read(into, timeoutNanos);
        }

        @Override
        public void pour(Sink sink, long quietNanos) {
            of.pour(sink, quietNanos / 3);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            of.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            of.close();
        }
    }

    private static byte[] content() {
        var bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private static void converse(LineFaults faults, int reads) throws IOException {
        byte[] wanted = content();
        long code = ScriptedKernel.BASE + 0x1000;
        ScriptedKernel kernel =
                new ScriptedKernel(true, 2).memory(DATA, wanted).path(code, code + 4, code + 9);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var connection = new KdConnection(new Quick(end.open()), Crlf.AUTO, KdEvents.NONE);
            try (Socket socket = server.accept();
                    var target =
                            new ScriptedStreamTarget(
                                            kernel,
                                            faults.damage(socket.getInputStream()),
                                            faults.damage(socket.getOutputStream()))
                                    .start();
                    var session = new KdSession(connection)) {
                socket.setTcpNoDelay(true);
                session.attach(Duration.ofSeconds(120));
                faults.enable(true);
                int right = ask(session, wanted, reads);
                faults.enable(false);
                // On a good line everything works again.
                assertThat(right).as("requests answered").isGreaterThan(reads / 2);
                settle(session);
                assertThat(session.stop().memory().readFully(DATA, SIZE)).isEqualTo(wanted);
                session.runner().addBreakpoint("", OptionalLong.of(code + 4));
                RunEnd stopped = session.runner().run(Exceptions.HANDLED, 0);
                assertThat(stopped.stop().pc()).isEqualTo(code + 4);
                assertThat(target).isNotNull();
            }
        }
    }

    /** Reads pieces; each is right, short, or fails with a message. */
    private static int ask(KdSession session, byte[] wanted, int reads) {
        var random = new Random(9);
        int right = 0;
        for (int i = 0; i < reads; i++) {
            boolean whole = i == 5;
            int at = whole ? 0 : random.nextInt(SIZE - 3000);
            int length = whole ? SIZE : 1 + random.nextInt(3000);
            try {
                var into = new byte[length];
                int got = session.read(false, DATA + at, into, 0, length);
                for (int b = 0; b < got; b++) {
                    assertThat(into[b]).as("byte %d of read %d", b, i).isEqualTo(wanted[at + b]);
                }
                right += got == length ? 1 : 0;
            } catch (KdException e) {
                assertThat(e).hasMessageMatching("(?s).{10,}");
            }
        }
        return right;
    }

    private static void settle(KdSession session) {
        for (int i = 0; i < 5; i++) {
            try {
                session.read(false, DATA, new byte[16], 0, 16);
                return;
            } catch (KdException e) {
                // Half of what was damaged may still be on its way.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void answersRightOrFailsCleanlyWhenBytesAreLostAndDamaged(long seed) throws IOException {
        Set<Fault> kinds = EnumSet.complementOf(EnumSet.of(Fault.RESET));
        converse(new LineFaults(seed, 8, kinds), 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {11})
    void survivesDoubledPiecesAndNoise(long seed) throws IOException {
        converse(new LineFaults(seed, 3, EnumSet.of(Fault.DUPLICATE, Fault.NOISE)), 60);
    }

    /** Damages one byte in so many, always so that a sum of the bytes shows it. */
    private static final class Damaging extends FilterOutputStream {
        private final Random random;
        private final int oneIn;
        private volatile boolean on;

        Damaging(OutputStream out, long seed, int oneIn) {
            super(out);
            this.random = new Random(seed);
            this.oneIn = oneIn;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] piece = Arrays.copyOfRange(bytes, offset, offset + length);
            for (int i = 0; i < length; i++) {
                if (on && random.nextInt(oneIn) == 0 && (piece[i] & 0x80) == 0) {
                    piece[i] |= (byte) 0x80;
                }
            }
            out.write(piece);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31})
    void readsWithShorterPacketsWhereLongOnesNeverComeWhole(long seed) throws IOException {
        byte[] wanted = content();
        ScriptedKernel kernel = new ScriptedKernel(true, 1).memory(DATA, wanted);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint end = Endpoint.parse("tcp:127.0.0.1:" + server.getLocalPort());
            var said = new ArrayList<String>();
            var events =
                    new KdEvents() {
                        @Override
                        public void noticed(String what) {
                            said.add(what);
                        }
                    };
            var connection = new KdConnection(new Quick(end.open()), Crlf.KEEP, events);
            try (Socket socket = server.accept();
                    var bad = new Damaging(socket.getOutputStream(), seed, 250);
                    var target =
                            new ScriptedStreamTarget(kernel, socket.getInputStream(), bad).start();
                    var session = new KdSession(connection)) {
                socket.setTcpNoDelay(true);
                session.attach(Duration.ofSeconds(120));
                var into = new byte[8_000];
                bad.on = true;
                int got = session.read(false, DATA, into, 0, into.length);
                bad.on = false;
                assertThat(got).isEqualTo(into.length);
                assertThat(into).isEqualTo(Arrays.copyOf(wanted, into.length));
                assertThat(connection.statistics().damaged()).isGreaterThan(3);
                assertThat(said).filteredOn(s -> s.contains("the line damages packets")).hasSize(1);
                // Long packets again, now that they come whole, also when little is read at a time.
                for (int i = 0; i < 60; i++) {
                    session.read(false, DATA, into, 0, 4_000);
                }
                long few = kernel.log().size();
                assertThat(session.read(false, DATA, into, 0, 7_000)).isEqualTo(7_000);
                assertThat(kernel.log().size() - few).isLessThan(5);
                assertThat(session.stop().memory().readFully(DATA, SIZE)).isEqualTo(wanted);
                long before = kernel.log().size();
                assertThat(session.read(false, DATA, new byte[SIZE], 0, SIZE)).isEqualTo(SIZE);
                assertThat(kernel.log().size() - before).isLessThan(80);
                assertThat(target).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21})
    void survivesResetsAtAnyMoment(long seed) throws IOException {
        converse(new LineFaults(seed, 12, EnumSet.of(Fault.RESET, Fault.CORRUPT)), 30);
    }
}
