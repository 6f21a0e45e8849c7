package oriel.kd.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import oriel.kd.packet.DatagramPackets;

/** Anybody may send datagrams; and after the cipher, whoever has the key. */
class DatagramFuzzTest {
    private static final KdnetKey KEY = KdnetKey.parse("1.2.3.4");

    @FuzzTest
    void onlyWhatHoldsTheKeyIsOpened(byte[] data) {
        var cipher = new DatagramCipher(KEY);
        assertThat(cipher.open(data, data.length)).isEmpty();
        cipher.startSession(Arrays.copyOf(data, 322));
        assertThat(cipher.open(data, data.length)).isEmpty();
        byte[] body = Arrays.copyOf(data, Math.min(data.length, 1400));
        byte[] sealed = cipher.seal(new Datagram(4, false, 7, false, body));
        assertThat(cipher.open(sealed, sealed.length).orElseThrow().body()).isEqualTo(body);
        if (body.length > 0) {
            sealed[6 + body[0] % 4 + 4] ^= 1;
            assertThat(cipher.open(sealed, sealed.length)).isEmpty();
        }
        DatagramPackets.read(data, 0, data.length)
                .ifPresent(p -> assertThat(p.body().length).isLessThan(data.length));
    }
}
