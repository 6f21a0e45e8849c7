package oriel.kd.packet;

/**
 * Turns each 0d 0a into 0a. A 0d at the end of what was given is held until the next byte, or until
 * {@link #flush}. For one thread.
 */
public final class CrlfFilter {
    private static final byte CR = 0x0d;
    private static final byte LF = 0x0a;

    private boolean held;

    /** Whether a 0d waits for the next byte. */
    public boolean isHolding() {
        return held;
    }

    /**
     * Collapses bytes in place.
     *
     * @param bytes with room for one byte before {@code offset}, where a held 0d goes
     * @param offset first byte, at least 1
     * @return the first and the last-plus-one position of the result, in the two halves of a long
     */
    public long collapse(byte[] bytes, int offset, int length) {
        int from = offset;
        if (held && length > 0) {
            from = offset - 1;
            bytes[from] = CR;
            held = false;
        }
        int end = offset + length;
        int out = from;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == CR) {
                if (i + 1 == end) {
                    held = true;
                    break;
                }
                if (bytes[i + 1] == LF) {
                    continue;
                }
            }
            bytes[out++] = b;
        }
        return (long) from << 32 | out;
    }

    /** Gives up waiting: whether there was a 0d, which is now due. */
    public boolean flush() {
        boolean was = held;
        held = false;
        return was;
    }
}
