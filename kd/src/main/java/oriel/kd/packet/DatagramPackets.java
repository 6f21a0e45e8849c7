package oriel.kd.packet;

import java.util.Arrays;
import java.util.Optional;

/** Packets in datagrams: header and body, with nothing after them. */
public final class DatagramPackets {
    private DatagramPackets() {}

    /** Whether it is the packet without a leader by which KDNET tests the line. */
    public static boolean isConnectionCheck(byte[] bytes, int offset, int length) {
        return length >= 8 && KdPacket.s32(bytes, offset) == 0;
    }

    /** Whether it is a break-in. */
    public static boolean isBreakIn(byte[] bytes, int offset, int length) {
        return length == 1 && bytes[offset] == KdPacket.BREAK_IN;
    }

    /** The packet in a datagram; empty when there is none or it is damaged. */
    public static Optional<KdPacket> read(byte[] bytes, int offset, int length) {
        if (length < KdPacket.HEADER) {
            return Optional.empty();
        }
        int leader = KdPacket.s32(bytes, offset);
        int type = KdPacket.u16(bytes, offset + 4);
        int count = KdPacket.u16(bytes, offset + 6);
        boolean data = leader == KdPacket.DATA_LEADER;
        int room = length - KdPacket.HEADER;
        if (!data && leader != KdPacket.CONTROL_LEADER || count > room) {
            return Optional.empty();
        }
        int at = offset + KdPacket.HEADER;
        byte[] body = Arrays.copyOfRange(bytes, at, at + (data ? count : 0));
        if (data && KdPacket.checksum(body, 0, body.length) != KdPacket.s32(bytes, offset + 12)) {
            return Optional.empty();
        }
        return Optional.of(new KdPacket(type, KdPacket.s32(bytes, offset + 8), body));
    }
}
