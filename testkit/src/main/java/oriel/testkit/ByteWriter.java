package oriel.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes little-endian bytes one after the other, and over earlier ones. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Bytes written so far: where the next one goes. */
    public int at() {
        return out.size();
    }

    /** A byte. */
    public ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** A 16-bit number. */
    public ByteWriter u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    /** A 32-bit number. */
    public ByteWriter u32(long value) {
        return u16((int) value).u16((int) (value >>> 16));
    }

    /** A 64-bit number. */
    public ByteWriter u64(long value) {
        return u32(value).u32(value >>> 32);
    }

    /** Bytes as they are. */
    public ByteWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** UTF-16 without a NUL. */
    public ByteWriter utf16(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** UTF-16 in an array of fixed length, filled up with NULs. */
    public ByteWriter utf16(String text, int byteLength) {
        return bytes(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_16LE), byteLength));
    }

    /** UTF-8 with a NUL. */
    public ByteWriter cString(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    /** Zeros. */
    public ByteWriter zeros(int count) {
        return bytes(new byte[count]);
    }

    /** Zeros up to an offset. */
    public ByteWriter padTo(int offset) {
        return zeros(offset - at());
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** Puts a 32-bit number over bytes of an array. */
    public static void put32(byte[] into, int offset, long value) {
        for (int i = 0; i < 4; i++) {
            into[offset + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Puts a 64-bit number over bytes of an array. */
    public static void put64(byte[] into, int offset, long value) {
        put32(into, offset, value);
        put32(into, offset + 4, value >>> 32);
    }
}
