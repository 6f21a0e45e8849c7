package oriel.kd.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are poured, that come too late to be, and lines that end meanwhile. */
class UntimedReaderTest {
    private static final long QUIET = 20_000_000L;
    private static final long PATIENT = 120_000_000_000L;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final byte[] into = new byte[64];
    private Transport near;
    private Socket far;

    @BeforeEach
    void connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            near = TcpTransport.connect("127.0.0.1", server.getLocalPort());
            far = server.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        near.close();
        far.close();
    }

    private void send(int... bytes) throws IOException {
        for (int each : bytes) {
            far.getOutputStream().write(each);
        }
    }

    private void pour(int wanted, long quiet) {
        near.pour(
                (bytes, length) -> {
                    seen.write(bytes, 0, length);
                    return seen.size() < wanted;
                },
                quiet);
    }

    @Test
    void handsOverUntilThereIsEnough() throws IOException {
        send(1, 2, 3);
        pour(3, PATIENT);
        assertThat(seen.toByteArray()).containsExactly(1, 2, 3);
        send(4);
        assertThat(near.read(into, PATIENT)).isEqualTo(1);
        assertThat(into[0]).isEqualTo((byte) 4);
        send(5);
        pour(4, PATIENT);
        assertThat(seen.toByteArray()).containsExactly(1, 2, 3, 5);
    }

    @Test
    void givesToReadsWhatComesAfterItWasQuiet() throws IOException {
        pour(1, QUIET);
        assertThat(seen.size()).isZero();
        assertThat(near.read(into, QUIET)).isZero();
        assertThat(near.read(into, 0)).isZero();
        pour(1, QUIET);
        send(7, 8);
        var got = new ByteArrayOutputStream();
        var one = new byte[1];
        while (got.size() < 2) {
            got.write(one, 0, near.read(one, PATIENT));
        }
        assertThat(got.toByteArray()).containsExactly(7, 8);
        send(9);
        pour(1, PATIENT);
        assertThat(seen.toByteArray()).containsExactly(9);
    }

    @Test
    void tellsTheEndOfTheLine() throws IOException {
        send(1);
        far.shutdownOutput();
        pour(100, PATIENT);
        assertThat(seen.size()).isEqualTo(1);
        assertThat(near.read(into, PATIENT)).isNegative();
        assertThat(near.read(into, PATIENT)).isNegative();
    }

    @Test
    void passesOnWhatTheSinkThrows() throws IOException {
        send(1);
        assertThatThrownBy(
                        () ->
                                near.pour(
                                        (bytes, length) -> {
                                            throw new IllegalStateException("from the sink");
                                        },
                                        PATIENT))
                .hasMessage("from the sink");
        send(2);
        assertThat(near.read(into, PATIENT)).isEqualTo(1);
        assertThat(Arrays.copyOf(into, 1)).containsExactly(2);
    }

    @Test
    void endsWhenTheLineIsClosed() throws Exception {
        var closer =
                new Thread(
                        () -> {
                            try {
                                Thread.sleep(30);
                                near.close();
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        closer.start();
        pour(1, PATIENT);
        closer.join();
        assertThatThrownBy(() -> near.read(into, PATIENT)).isInstanceOf(IOException.class);
    }
}
