package oriel.kd.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A packet without its frame.
 *
 * @param type one of {@link PacketType}
 * @param id number by which it is acknowledged, or of what a control packet is about
 * @param body empty for control packets; not to be changed
 */
public record KdPacket(int type, int id, byte[] body) {
    /** Bytes of a header. */
    public static final int HEADER = 16;

    /** Largest body that is accepted: kernels keep to 4000. */
    public static final int MAX_BODY = 8192;

    /** What begins a data packet: {@code 0000}. */
    static final int DATA_LEADER = 0x30303030;

    /** What begins a control packet: {@code iiii}. */
    static final int CONTROL_LEADER = 0x69696969;

    /** What ends a data packet on a stream. */
    static final byte TRAILER = (byte) 0xaa;

    /** The byte that stops a running kernel. */
    public static final byte BREAK_IN = 0x62;

    private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;
    private static final int LANE_ROUNDS = 128;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whether it is header only. */
    public boolean isControl() {
        return PacketType.isControl(type);
    }

    /** The packet in its frame. */
    public byte[] encode(Framing framing) {
        int length = HEADER + body.length;
        boolean trailer = framing == Framing.STREAM && !isControl();
        var bytes = new byte[trailer ? length + 1 : length];
        put32(bytes, 0, isControl() ? CONTROL_LEADER : DATA_LEADER);
        bytes[4] = (byte) type;
        bytes[5] = (byte) (type >>> 8);
        bytes[6] = (byte) body.length;
        bytes[7] = (byte) (body.length >>> 8);
        put32(bytes, 8, id);
        put32(bytes, 12, checksum(body, 0, body.length));
        System.arraycopy(body, 0, bytes, HEADER, body.length);
        if (trailer) {
            bytes[length] = TRAILER;
        }
        return bytes;
    }

    /** The sum of bytes. Adds eight at a time: each packet is summed, and most are large. */
    static int checksum(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        int sum = 0;
        while (end - at >= Long.BYTES) {
            // Four lanes of 16 bits hold so many sums of two bytes.
            int stop = Math.min(at + LANE_ROUNDS * Long.BYTES, end - Long.BYTES + 1);
            long lanes = 0;
            for (; at < stop; at += Long.BYTES) {
                long eight = (long) LONGS.get(bytes, at);
                lanes += (eight & EVEN_BYTES) + (eight >>> 8 & EVEN_BYTES);
            }
            sum += (int) (lanes & 0xffff) + (int) (lanes >>> 16 & 0xffff);
            sum += (int) (lanes >>> 32 & 0xffff) + (int) (lanes >>> 48);
        }
        for (; at < end; at++) {
            sum += bytes[at] & 0xff;
        }
        return sum;
    }

    static int u16(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    static int s32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }

    private static void put32(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
