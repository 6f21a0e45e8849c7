package oriel.kd.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The UDP datagrams of a pcapng file with Ethernet frames (IETF draft-ietf-opsawg-pcapng).
 *
 * @param datagrams in their order
 */
public record CapturedSession(List<Captured> datagrams) {
    private static final int ENHANCED_PACKET = 6;
    private static final int ETHERNET = 14;
    private static final int UDP = 8;

    /**
     * A datagram.
     *
     * @param source last byte of the sender's address
     */
    public record Captured(int source, byte[] payload) {}

    /** Reads a file. */
    public static CapturedSession read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var found = new ArrayList<Captured>();
        for (int at = 0; at + 12 <= in.limit(); at += in.getInt(at + 4)) {
            if (in.getInt(at) == ENHANCED_PACKET) {
                int frame = at + 28;
                int ip = frame + ETHERNET;
                int udp = ip + (in.get(ip) & 15) * 4;
                int length = (in.get(udp + 4) & 0xff) << 8 | in.get(udp + 5) & 0xff;
                found.add(
                        new Captured(
                                in.get(ip + 15) & 0xff,
                                Arrays.copyOfRange(in.array(), udp + UDP, udp + length)));
            }
        }
        return new CapturedSession(found);
    }
}
