package oriel.kd.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.protocol.DebugIo;
import oriel.kd.protocol.FileIo;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.TargetVersion;
import oriel.kd.relay.PacketText;

/** Anything may come over a line. */
class PacketReaderFuzzTest {
    /** Reads the body of each packet as what it may be. */
    private static final class Sink implements PacketSink {
        private long bytes;

        @Override
        public void packet(KdPacket packet) {
            bytes += KdPacket.HEADER + packet.body().length;
            Bytes body = Bytes.of(packet.body(), "body");
            PacketText.of(packet, true);
            PacketText.of(packet, false);
            attempt(() -> StateChange.read(body));
            attempt(() -> TargetVersion.read(ManipulateReply.read(body).union()));
            attempt(() -> DebugIo.read(body));
            attempt(() -> FileIo.read(body));
        }

        private static void attempt(Runnable reading) {
            try {
                reading.run();
            } catch (FormatException e) {
                assertThat(e.source()).isEqualTo("body");
            }
        }

        @Override
        public void damaged(String problem) {
            assertThat(problem).isNotEmpty();
        }

        @Override
        public void noise(byte[] from, int offset, int length) {
            bytes += length;
        }

        @Override
        public void crlfFound() {}
    }

    @FuzzTest(maxDuration = "10s")
    void anyStreamIsReadToItsEnd(FuzzedDataProvider data) {
        Crlf crlf = data.pickValue(Crlf.values());
        var sink = new Sink();
        var reader = new PacketReader(crlf, sink);
        int fed = 0;
        while (data.remainingBytes() > 0) {
            byte[] piece = data.consumeBytes(1 + data.consumeInt(0, 400));
            reader.feed(piece, 0, piece.length);
            fed += piece.length;
        }
        reader.giveUpWaiting();
        assertThat(reader.isWaiting()).isFalse();
        assertThat(sink.bytes).isLessThanOrEqualTo(fed);
        byte[] rest = {'M', 'D'};
        assertThat(DatagramPackets.read(rest, 0, rest.length)).isEmpty();
    }
}
