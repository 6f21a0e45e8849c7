package oriel.kd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.KdPacket;
import oriel.kd.protocol.MemoryRequest.ReadVirtual;
import oriel.kd.transport.Transport;
import oriel.testkit.ByteWriter;

/** Which answers are taken for those to a request, on a line that may double them. */
class InboxTest {
    private static final int MANIPULATE = 2;

    private final LinePump[] line = new LinePump[1];
    private final List<String> printed = new ArrayList<>();
    private final Inbox inbox = new Inbox(new Printing(), () -> line[0]);

    private final class Printing implements KdEvents {
        @Override
        public void printed(String text) {
            printed.add(text);
        }
    }

    /** A line over which nothing comes. */
    private static final class Silent implements Transport {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public int read(byte[] into, long timeoutNanos) {
            return 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void disturb() {
        line[0] = new LinePump(new Silent(), Crlf.KEEP, inbox);
        line[0].disturb();
    }

    private void read(long va) {
        inbox.takeReply();
        inbox.expect(new ReadVirtual(va, 16));
    }

    private boolean takes(long va) {
        byte[] body =
                new ByteWriter()
                        .u32(0x3130)
                        .padTo(16)
                        .u64(va)
                        .u32(16)
                        .u32(16)
                        .padTo(56)
                        .zeros(16)
                        .toBytes();
        inbox.received(new KdPacket(MANIPULATE, 0x80800000, body));
        return inbox.hasReply();
    }

    @ParameterizedTest
    @ValueSource(longs = {0xffffb00000000000L, 0xfffff80000000000L, 0x100000000L})
    void anAnswerToTheReadBeforeIsNone(long va) {
        read(va);
        assertThat(takes(va)).isTrue();
        read(va + 0xf68);
        assertThat(takes(va)).isFalse();
        assertThat(takes(va + 0xf68)).isTrue();
    }

    private static KdPacket print(String text) {
        byte[] words = text.getBytes(StandardCharsets.ISO_8859_1);
        var body = new ByteWriter().u32(0x3230).u16(0).u16(0).u32(words.length).u32(0);
        return new KdPacket(3, 0x80800000, body.bytes(words).toBytes());
    }

    @Test
    void aPrintIsToldOnceAcrossAResetAndAgainWhenItIsPrintedAgain() {
        inbox.receivedBeforeReset(print("one"));
        inbox.received(print("one"));
        assertThat(printed).containsExactly("one");
        inbox.received(print("one"));
        assertThat(printed).containsExactly("one", "one");
        inbox.receivedBeforeReset(print("two"));
        inbox.expect(new ReadVirtual(0x1000, 16));
        inbox.received(print("two"));
        inbox.receivedBeforeReset(print("three"));
        inbox.forget();
        inbox.received(print("three"));
        assertThat(printed).containsExactly("one", "one", "two", "two", "three", "three");
    }

    @Test
    void zeroIsAnAddressOfATargetThatTellsThem() {
        read(0x1000);
        assertThat(takes(0x1000)).isTrue();
        read(0);
        assertThat(takes(0)).isTrue();
        read(0xf68);
        assertThat(takes(0)).isFalse();
        assertThat(takes(0xf68)).isTrue();
    }

    @Test
    void addressesMayBeLeftOutOrNotBeExtended() {
        read(0xffffffff80001000L);
        assertThat(takes(0)).isTrue();
        read(0xffffffff80002000L);
        assertThat(takes(0x80002000L)).isTrue();
        read(0xffffffff80003000L);
        assertThat(takes(0x80002000L)).isFalse();
        assertThat(takes(0xffffffff80003000L)).isTrue();
    }
}
