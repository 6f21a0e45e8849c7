package oriel.kd.net;

import java.util.Arrays;

/**
 * The key that {@code bcdedit /dbgsettings net} shows: four numbers of base 36, separated by dots,
 * each of at most 64 bits.
 */
public final class KdnetKey {
    private static final int PARTS = 4;
    private static final int PART_BYTES = 8;

    private final byte[] bytes;

    private KdnetKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static KdnetKey parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException(
                    "key '" + text + "' has " + parts.length + " parts instead of four: w.x.y.z");
        }
        var bytes = new byte[PARTS * PART_BYTES];
        for (int i = 0; i < PARTS; i++) {
            long value;
            try {
                value = Long.parseUnsignedLong(parts[i], 36);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "key part '" + parts[i] + "' is not a number of base 36 and 64 bits", e);
            }
            for (int b = 0; b < PART_BYTES; b++) {
                bytes[i * PART_BYTES + b] = (byte) (value >>> 8 * b);
            }
        }
        return new KdnetKey(bytes);
    }

    /** The key of the control channel: the four numbers as 64 bits each, little-endian. */
    byte[] control() {
        return bytes.clone();
    }

    /** The key of the code that authenticates: the complement of the other one. */
    byte[] authentication() {
        byte[] inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return inverted;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KdnetKey other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
