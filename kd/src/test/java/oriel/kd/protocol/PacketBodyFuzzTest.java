package oriel.kd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Function;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.kd.packet.KdPacket;
import oriel.kd.relay.PacketText;
import oriel.model.Architecture;

/** Whole packets, with right checksums, may hold anything too. */
class PacketBodyFuzzTest {
    private static <T> void attempt(Bytes body, Function<Bytes, T> reading) {
        try {
            assertThat(reading.apply(body)).isNotNull();
        } catch (FormatException refused) {
            assertThat(refused.source()).isEqualTo("body");
        }
    }

    @FuzzTest
    void anyBodyIsReadOrRefused(byte[] data) {
        Bytes body = Bytes.of(data, "body");
        attempt(body, PacketBodyFuzzTest::stop);
        attempt(body, PacketBodyFuzzTest::reply);
        attempt(body, DebugIo::read);
        attempt(body, FileIo::read);
        for (Architecture each : Architecture.values()) {
            attempt(body, bytes -> SpecialRegisters.read(each, bytes));
        }
        for (int type = 0; type < 14; type++) {
            PacketText.of(new KdPacket(type, 0x80800000, data), true);
        }
    }

    private static StateChange stop(Bytes body) {
        StateChange stop = StateChange.read(body);
        for (Architecture each : Architecture.values()) {
            assertThat(stop.instructionBytes(each).length).isLessThanOrEqualTo(16);
            stop.dr7(each);
        }
        return stop;
    }

    private static ManipulateReply reply(Bytes body) {
        ManipulateReply reply = ManipulateReply.read(body);
        // Never more than was asked for, and never more than came.
        assertThat(reply.data(reply.union().u32(12), 64).size()).isLessThanOrEqualTo(64);
        TargetVersion version = TargetVersion.read(reply.union());
        assertThat(version.product()).isNotEmpty();
        assertThat(version.machineName()).isNotEmpty();
        return reply;
    }
}
