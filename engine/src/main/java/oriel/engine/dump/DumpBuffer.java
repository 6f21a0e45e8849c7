package oriel.engine.dump;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian bytes that grow at the end, some of which are filled in later. */
final class DumpBuffer {
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** Where the next byte goes. */
    int at() {
        return bytes.position();
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int wanted = Math.addExact(bytes.position(), more);
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, 2L * wanted));
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }

    DumpBuffer u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    DumpBuffer u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    DumpBuffer u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    DumpBuffer u64(long value) {
        room(8).putLong(value);
        return this;
    }

    DumpBuffer bytes(byte[] more) {
        room(more.length).put(more);
        return this;
    }

    DumpBuffer zeros(int count) {
        return bytes(new byte[count]);
    }

    /** Makes the next place a multiple of some power of two. */
    DumpBuffer align(int to) {
        return zeros(-at() & (to - 1));
    }

    /** A MINIDUMP_STRING. Returns where it lies. */
    int string(String text) {
        align(4);
        int place = at();
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16LE);
        u32(utf16.length).bytes(utf16).u16(0);
        return place;
    }

    /** Fills in what was not known when its place was passed. */
    void put32(int place, long value) {
        bytes.putInt(place, (int) value);
    }

    /** Fills in what was not known when its place was passed. */
    void put64(int place, long value) {
        bytes.putLong(place, value);
    }

    /** All of it, for reading. */
    ByteBuffer toBuffer() {
        return bytes.duplicate().flip();
    }
}
