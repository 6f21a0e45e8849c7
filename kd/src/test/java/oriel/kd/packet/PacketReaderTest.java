package oriel.kd.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets are found in any stream, with bytes laid out by hand. */
class PacketReaderTest {
    /** An acknowledgement of 80800001. */
    private static final byte[] ACK = {
        0x69, 0x69, 0x69, 0x69, 4, 0, 0, 0, 1, 0, (byte) 0x80, (byte) 0x80, 0, 0, 0, 0
    };

    /** A data packet of type 3 whose body is 01 0a 02 0d 0a. */
    private static final byte[] DATA = {
        0x30,
        0x30,
        0x30,
        0x30,
        3,
        0,
        5,
        0,
        0,
        0,
        (byte) 0x80,
        (byte) 0x80,
        0x24,
        0,
        0,
        0,
        1,
        0x0a,
        2,
        0x0d,
        0x0a,
        (byte) 0xaa
    };

    /** Keeps what a reader reports. */
    private static final class Found implements PacketSink {
        final List<KdPacket> packets = new ArrayList<>();
        final ByteArrayOutputStream noise = new ByteArrayOutputStream();
        int damaged;
        int crlf;

        @Override
        public void packet(KdPacket packet) {
            packets.add(packet);
        }

        @Override
        public void damaged(String problem) {
            damaged++;
        }

        @Override
        public void noise(byte[] bytes, int offset, int length) {
            noise.write(bytes, offset, length);
        }

        @Override
        public void crlfFound() {
            crlf++;
        }
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
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

    private static Found read(Crlf crlf, byte[] stream, int piece) {
        var found = new Found();
        var reader = new PacketReader(crlf, found);
        for (int at = 0; at < stream.length; at += piece) {
            reader.feed(stream, at, Math.min(piece, stream.length - at));
        }
        return found;
    }

    @Test
    void findsPacketsHoweverTheStreamIsCut() {
        byte[] stream = join(DATA, ACK, DATA);
        for (int piece = 1; piece <= stream.length; piece++) {
            Found found = read(Crlf.KEEP, stream, piece);
            assertThat(found.packets).hasSize(3);
            assertThat(found.packets.get(0).type()).isEqualTo(3);
            assertThat(found.packets.get(0).id()).isEqualTo(0x80800000);
            assertThat(found.packets.get(0).body()).containsExactly(1, 0x0a, 2, 0x0d, 0x0a);
            assertThat(found.packets.get(1).id()).isEqualTo(0x80800001);
            assertThat(found.noise.size()).isZero();
            assertThat(found.damaged).isZero();
        }
    }

    @Test
    void passesOverNoiseBeforeBetweenAndWithin() {
        byte[] noise = {'b', 0x30, 0x30, 7, 0x69, 0x69, 0x69};
        Found found = read(Crlf.KEEP, join(noise, DATA, noise, ACK, noise), 3);
        assertThat(found.packets).hasSize(2);
        byte[] within = DATA.clone();
        within[16] = 9;
        Found damaged = read(Crlf.KEEP, join(within, DATA), 5);
        assertThat(damaged.packets).hasSize(1);
        assertThat(damaged.damaged).isEqualTo(1);
    }

    @Test
    void findsAPacketThatFollowsHalfOfOne() {
        for (int cut = 1; cut < DATA.length - 1; cut++) {
            var found = new Found();
            var reader = new PacketReader(Crlf.KEEP, found);
            reader.feed(DATA, 0, cut);
            reader.giveUpWaiting();
            reader.feed(DATA, 0, DATA.length);
            assertThat(found.packets).as("cut at %d", cut).hasSize(1);
        }
    }

    @Test
    void takesPacketsThatNothingEnds() {
        byte[] bare = Arrays.copyOf(DATA, DATA.length - 1);
        // Another packet begins where the end should be.
        assertThat(read(Crlf.KEEP, join(bare, ACK, bare, DATA), 5).packets).hasSize(4);
        var found = new Found();
        var reader = new PacketReader(Crlf.KEEP, found);
        reader.feed(bare, 0, bare.length);
        assertThat(found.packets).isEmpty();
        reader.giveUpWaiting();
        assertThat(found.packets).hasSize(1);
        // From here on it is known that nothing is to be waited for.
        reader.feed(bare, 0, bare.length);
        assertThat(found.packets).hasSize(2);
        assertThat(reader.isWaiting()).isFalse();
    }

    @Test
    void collapsesOnlyWhenToldOrWhenADamagedPacketBecomesGood() {
        byte[] expanded = expanded(join(DATA, ACK, DATA));
        assertThat(read(Crlf.COLLAPSE, expanded, 1).packets).hasSize(3);
        for (int piece : new int[] {1, 2, 7, 100}) {
            Found auto = read(Crlf.AUTO, expanded, piece);
            assertThat(auto.packets).as("pieces of %d", piece).hasSize(3);
            assertThat(auto.packets.get(0).body()).containsExactly(1, 0x0a, 2, 0x0d, 0x0a);
            assertThat(auto.crlf).isEqualTo(1);
        }
        // A clean line has genuine pairs, and keeps them.
        Found clean = read(Crlf.AUTO, join(DATA, ACK, DATA), 4);
        assertThat(clean.packets).hasSize(3);
        assertThat(clean.crlf).isZero();
        assertThat(clean.packets.get(0).body()).containsExactly(1, 0x0a, 2, 0x0d, 0x0a);
    }

    @Test
    void findsEveryWholePacketInRandomNoise() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var stream = new ByteArrayOutputStream();
            int packets = random.nextInt(6);
            for (int i = 0; i < packets; i++) {
                var noise = new byte[random.nextInt(60)];
                random.nextBytes(noise);
                for (int n = 0; n < noise.length; n++) {
                    // A leader in the noise may swallow what follows it until the line is quiet.
                    noise[n] = noise[n] == 0x30 || noise[n] == 0x69 ? 0 : noise[n];
                }
                stream.writeBytes(noise);
                stream.writeBytes(random.nextBoolean() ? DATA : ACK);
            }
            Found found = read(Crlf.KEEP, stream.toByteArray(), 1 + random.nextInt(50));
            assertThat(found.packets).as("seed %d", seed).hasSize(packets);
        }
    }

    @Test
    void keepsALone0dAlsoAtTheEndOfABuffer() {
        var filter = new CrlfFilter();
        byte[] buffer = {0, 'a', 0x0d, 0x0d, 0x0a, 'b', 0x0d};
        long range = filter.collapse(buffer, 1, 6);
        assertThat(Arrays.copyOfRange(buffer, (int) (range >>> 32), (int) range))
                .containsExactly('a', 0x0d, 0x0a, 'b');
        assertThat(filter.isHolding()).isTrue();
        byte[] more = {0, 'c'};
        range = filter.collapse(more, 1, 1);
        assertThat(Arrays.copyOfRange(more, (int) (range >>> 32), (int) range))
                .containsExactly(0x0d, 'c');
        assertThat(filter.flush()).isFalse();
    }
}
