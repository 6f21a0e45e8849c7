package oriel.kd.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.kd.KdConnection;
import oriel.kd.KdEvents;
import oriel.kd.KdSession;
import oriel.kd.KdStop;
import oriel.kd.net.CapturedSession.Captured;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.DatagramPackets;
import oriel.kd.packet.Framing;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.LinkListener;
import oriel.kd.packet.LinkTiming;
import oriel.kd.packet.PacketLink;
import oriel.kd.relay.Direction;
import oriel.kd.relay.PacketText;
import oriel.kd.relay.Recorder;
import oriel.kd.relay.ReplayTransport;
import oriel.kd.transport.KdnetTransport;
import oriel.testkit.Corpus;
import oriel.testkit.NeedsCorpus;

/** A real session of WinDbg and a boot debugger over KDNET, frames 1 to 400. */
@NeedsCorpus
class KdnetCorpusTest {
    private static final KdnetKey KEY = KdnetKey.parse("8.8.8.8");
    private static final int TARGET = 72;
    private static final int HOST_RANDOM = 34;

    private static List<Captured> captured() throws IOException {
        return CapturedSession.read(Corpus.file("kdnet/windbg-session-1-400.pcapng")).datagrams();
    }

    /** All datagrams in plain; the answer to the poke gives the data key. */
    private static List<Datagram> plain() throws IOException {
        var cipher = new DatagramCipher(KEY);
        var plain = new ArrayList<Datagram>();
        for (Captured each : captured()) {
            Datagram datagram = cipher.open(each.payload(), each.payload().length).orElseThrow();
            assertThat(datagram.fromHost()).isEqualTo(each.source() != TARGET);
            if (datagram.control() && datagram.body()[1] == 2) {
                cipher.startSession(datagram.body());
            }
            plain.add(datagram);
        }
        return plain;
    }

    private static boolean isPacket(Datagram d) {
        return !d.control() && d.body().length >= KdPacket.HEADER;
    }

    @Test
    void everyFrameDecryptsAndAuthenticates() throws IOException {
        List<Datagram> plain = plain();
        assertThat(plain).hasSize(400);
        assertThat(plain).allMatch(d -> d.version() == 4);
        String truth =
                Files.readString(Corpus.file("kdnet/dissection-1-400.txt"), StandardCharsets.UTF_8);
        Matcher shown = Pattern.compile("Decrypted data: ([0-9a-f]+)").matcher(truth);
        for (Datagram datagram : plain) {
            assertThat(shown.find()).isTrue();
            String wanted = shown.group(1).substring(16);
            String got = HexFormat.of().formatHex(datagram.body());
            String padded = got + "0".repeat(Math.max(0, wanted.length() - got.length()));
            assertThat(padded).startsWith(wanted);
        }
    }

    @Test
    void everyPacketDecodesAsTheDissectionHasIt() throws IOException {
        Map<String, Integer> wanted = new TreeMap<>();
        String truth = Files.readString(Corpus.file("kdnet/dissection-1-400.txt"));
        Matcher type = Pattern.compile("Packet Type: KD_\\w+ \\(0x([0-9a-f]+)\\)").matcher(truth);
        while (type.find()) {
            wanted.merge(Integer.valueOf(type.group(1), 16).toString(), 1, Integer::sum);
        }
        Map<String, Integer> got = new TreeMap<>();
        for (Datagram datagram : plain()) {
            if (isPacket(datagram)) {
                byte[] body = datagram.body();
                KdPacket packet = DatagramPackets.read(body, 0, body.length).orElseThrow();
                got.merge(Integer.toString(packet.type()), 1, Integer::sum);
                assertThat(PacketText.of(packet, !datagram.fromHost())).doesNotContain("broken");
            }
        }
        assertThat(got).isEqualTo(wanted);
    }

    @Test
    void acknowledgesWhatWinDbgAcknowledged() throws IOException {
        var sent = new ArrayList<KdPacket>();
        var received = new ArrayList<KdPacket>();
        PacketLink.Output out =
                bytes -> DatagramPackets.read(bytes, 0, bytes.length).ifPresent(sent::add);
        var link =
                new PacketLink(
                        Framing.DATAGRAM,
                        LinkTiming.DEFAULT,
                        Crlf.KEEP,
                        out,
                        new Keeping(received));
        List<Integer> wanted = new ArrayList<>();
        for (Datagram datagram : plain()) {
            byte[] body = datagram.body();
            if (datagram.control()) {
                continue;
            }
            if (!datagram.fromHost()) {
                link.receive(body, 0, body.length, 0);
            } else if (isPacket(datagram)) {
                KdPacket packet = DatagramPackets.read(body, 0, body.length).orElseThrow();
                if (packet.type() == 4) {
                    wanted.add(packet.id());
                }
            }
        }
        List<Integer> got = sent.stream().filter(p -> p.type() == 4).map(KdPacket::id).toList();
        // One packet WinDbg did not acknowledge: it sent its next request at once.
        var ours = new LinkedHashSet<Integer>(got);
        ours.retainAll(wanted);
        assertThat(ours).containsExactlyElementsOf(new LinkedHashSet<>(wanted));
        assertThat(new LinkedHashSet<>(got)).hasSizeLessThanOrEqualTo(ours.size() + 1);
        assertThat(received.stream().map(KdPacket::id)).doesNotHaveDuplicates();
    }

    private record Keeping(List<KdPacket> packets) implements LinkListener {
        @Override
        public void received(KdPacket packet) {
            packets.add(packet);
        }

        @Override
        public void acknowledged() {}

        @Override
        public void peerReset(boolean asked) {
            packets.clear();
        }

        @Override
        public void receivedBeforeReset(KdPacket packet) {}

        @Override
        public void givenUp(int attempts) {}
    }

    @Test
    void theTransportShakesHandsAsWinDbgDidAndReadsTheSameBytes() throws IOException {
        List<Captured> frames = captured();
        List<Datagram> plain = plain();
        byte[] answer = plain.get(1).body();
        byte[] random = Arrays.copyOfRange(answer, HOST_RANDOM, HOST_RANDOM + 32);
        try (var transport =
                        new KdnetTransport(
                                0, KEY, into -> System.arraycopy(random, 0, into, 0, into.length));
                var target = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            target.setSoTimeout(120_000);
            var host = new InetSocketAddress(InetAddress.getLoopbackAddress(), transport.port());
            var into = new byte[2048];
            send(target, host, frames.get(0).payload());
            assertThat(transport.read(into, 200_000_000L)).isZero();
            var reply = new DatagramPacket(new byte[2048], 2048);
            target.receive(reply);
            assertThat(Arrays.copyOf(reply.getData(), reply.getLength()))
                    .isEqualTo(frames.get(1).payload());
            assertThat(transport.version()).isEqualTo(4);
            int compared = 0;
            for (int i = 2; i < frames.size(); i++) {
                Datagram wanted = plain.get(i);
                if (!wanted.control() && !wanted.fromHost()) {
                    send(target, host, frames.get(i).payload());
                    int got = transport.read(into, 120_000_000_000L);
                    assertThat(Arrays.copyOf(into, got)).isEqualTo(wanted.body());
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(150);
        }
    }

    private static void send(DatagramSocket from, InetSocketAddress to, byte[] bytes)
            throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Test
    void replayedItDrivesOurClientThroughTheSameConversation(@TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("session.kd");
        long base = 0;
        long readVa = 0;
        byte[] readBytes = {};
        try (var recorder = new Recorder(Files.newBufferedWriter(file), Framing.DATAGRAM)) {
            int i = 0;
            for (Datagram datagram : plain()) {
                if (!datagram.control()) {
                    Direction direction = datagram.fromHost() ? Direction.A_TO_B : Direction.B_TO_A;
                    recorder.record(direction, i++ * 1000L, datagram.body());
                }
                if (isPacket(datagram) && !datagram.fromHost()) {
                    byte[] body = datagram.body();
                    KdPacket packet = DatagramPackets.read(body, 0, body.length).orElseThrow();
                    byte[] b = packet.body();
                    if (packet.type() == 2 && u32(b, 0) == 0x3146) {
                        base = u64(b, 32);
                    } else if (readVa == 0 && packet.type() == 2 && u32(b, 0) == 0x3130) {
                        readVa = u64(b, 16);
                        readBytes = Arrays.copyOfRange(b, 56, b.length);
                    }
                }
            }
        }
        var connection = new KdConnection(new ReplayTransport(file), Crlf.KEEP, KdEvents.NONE);
        try (var session = new KdSession(connection)) {
            KdStop stop = session.attach(Duration.ofSeconds(120));
            assertThat(stop.version().kernelBase()).isEqualTo(base).isNotZero();
            // WinDbg asked again after it had moved the program counter past the breakpoint.
            assertThat(stop.processor(0).orElseThrow().registers().pc()).hasValue(stop.pc() + 1);
            assertThat(readBytes).isNotEmpty();
            var into = new byte[readBytes.length];
            assertThat(stop.memory().read(readVa, into, 0, into.length)).isEqualTo(into.length);
            assertThat(into).isEqualTo(readBytes);
        }
    }

    private static long u32(byte[] from, int at) {
        return u64(from, at) & 0xffffffffL;
    }

    private static long u64(byte[] from, int at) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (at + i < from.length ? from[at + i] & 0xff : 0);
        }
        return value;
    }
}
