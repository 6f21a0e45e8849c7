package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.net.Datagram;
import oriel.kd.net.DatagramCipher;
import oriel.kd.net.KdnetKey;
import oriel.kd.packet.Crlf;
import oriel.kd.transport.KdnetTransport;
import oriel.testkit.kd.ScriptedKernel;
import oriel.testkit.kd.ScriptedNetTarget;

/** Sessions over KDNET against a scripted target. */
class KdnetSessionTest {
    private static final String KEY = "1a2b3c.4d5e.z.0";
    private static final long DATA = 0xffffb00000000000L;
    private static final long CODE = ScriptedKernel.BASE + 0x1000;

    private static byte[] content() {
        var bytes = new byte[20_000];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private static ScriptedKernel kernel() {
        return new ScriptedKernel(true, 2).memory(DATA, content()).path(CODE, CODE + 4, CODE + 9);
    }

    private static KdnetTransport transport(String key) throws IOException {
        return new KdnetTransport(0, KdnetKey.parse(key), new Random(1)::nextBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void readsRunsAndStopsWithAndWithoutLoss(int loss) throws IOException {
        KdnetTransport line = transport(KEY);
        try (var target = new ScriptedNetTarget(kernel(), line.port(), KEY, loss, 4);
                var session = new KdSession(new KdConnection(line, Crlf.AUTO, KdEvents.NONE))) {
            KdStop stop = session.attach(Duration.ofSeconds(120));
            assertThat(stop.version().build()).isEqualTo(19041);
            assertThat(stop.memory().readFully(DATA, 9000))
                    .isEqualTo(Arrays.copyOf(content(), 9000));
            session.runner().addBreakpoint("", OptionalLong.of(CODE + 4));
            assertThat(session.runner().run(Exceptions.HANDLED, 0).stop().pc()).isEqualTo(CODE + 4);
            assertThat(target).isNotNull();
        }
    }

    @Test
    void goesOnWithATargetThatHasStartedAnew() throws IOException {
        KdnetTransport line = transport(KEY);
        ScriptedKernel kernel = kernel();
        try (var target = new ScriptedNetTarget(kernel, line.port(), KEY, 0, 4);
                var session = new KdSession(new KdConnection(line, Crlf.AUTO, KdEvents.NONE))) {
            session.attach(Duration.ofSeconds(120));
            session.runner().addBreakpoint("", OptionalLong.of(CODE + 9));
            int before = line.generation();
            session.leaveRunning();
            target.restart();
            session.interrupt();
            RunEnd end = session.runner().goOn(0);
            assertThat(line.generation()).isGreaterThan(before);
            assertThat(end.stop().pc()).isEqualTo(ScriptedKernel.BREAK_VA);
            assertThat(session.runner().breakpoints()).hasSize(1);
            assertThat(session.runner().run(Exceptions.HANDLED, 0).stop().pc()).isEqualTo(CODE + 9);
        }
    }

    @Test
    void saysThatTheKeyIsWrong() throws IOException {
        KdnetTransport line = transport("1.2.3.4");
        Runnable[] interrupt = {() -> {}};
        var said = new ArrayList<String>();
        var events =
                new KdEvents() {
                    @Override
                    public void noticed(String what) {
                        said.add(what);
                        if (what.contains("do not fit the key")) {
                            interrupt[0].run();
                        }
                    }
                };
        try (var target = new ScriptedNetTarget(kernel(), line.port(), KEY, 0, 4);
                var session = new KdSession(new KdConnection(line, Crlf.AUTO, events))) {
            interrupt[0] = session::interrupt;
            assertThatThrownBy(() -> session.attach(Duration.ofSeconds(120)))
                    .isInstanceOf(KdException.class)
                    .hasMessageContaining("interrupted");
            assertThat(said).last().asString().contains("bcdedit /dbgsettings");
            assertThat(target).isNotNull();
        }
    }

    @Test
    void saysThatTheKeyIsWrongWhenNothingElseComes() throws IOException {
        KdnetTransport line = transport("1.2.3.4");
        try (var session = new KdSession(new KdConnection(line, Crlf.AUTO, KdEvents.NONE));
                var stranger = new DatagramSocket()) {
            byte[] sealed =
                    new DatagramCipher(KdnetKey.parse(KEY))
                            .seal(new Datagram(2, true, 1, false, new byte[344]));
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), line.port());
            stranger.send(new DatagramPacket(sealed, sealed.length, to));
            assertThatThrownBy(() -> session.attach(Duration.ofSeconds(3)))
                    .isInstanceOf(KdException.class)
                    .hasMessageContaining("1 datagrams from 127.0.0.1")
                    .hasMessageContaining("do not fit the key");
        }
    }
}
