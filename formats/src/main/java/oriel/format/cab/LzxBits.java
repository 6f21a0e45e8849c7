package oriel.format.cab;

import java.util.Arrays;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * The bits of an LZX block: little-endian 16-bit words, the highest bit of each first. Reads zeros
 * for a few words beyond the end, because codes are looked at in full width.
 */
final class LzxBits {
    private static final int SLACK = 8;

    private byte[] input = new byte[0];
    private Bytes block;
    private int position;
    private int buffer;
    private int available;

    LzxBits(Bytes block) {
        this.block = block;
        start(block);
    }

    /** Goes on with the next block; bits left over in the one before are padding. */
    void start(Bytes next) {
        block = next;
        int size = (int) next.size();
        if (input.length < size + SLACK) {
            input = new byte[size + SLACK];
        } else {
            Arrays.fill(input, size, Math.min(input.length, size + SLACK), (byte) 0);
        }
        next.copy(0, input, 0, size);
        position = 0;
        buffer = 0;
        available = 0;
    }

    /** The next bits, at most 16, without passing over them. */
    int peek(int count) {
        while (available < count) {
            if (position + 2 > block.size() + SLACK) {
                throw block.error(block.size(), "LZX block ends too soon");
            }
            int word = input[position] & 0xff | (input[position + 1] & 0xff) << 8;
            buffer = buffer << 16 | word;
            position += 2;
            available += 16;
        }
        return buffer >>> (available - count) & (1 << count) - 1;
    }

    /** Passes over bits that were looked at. */
    void skip(int count) {
        available -= count;
    }

    /** The next bits, at most 32. */
    long read(int count) {
        if (count > 16) {
            long high = read(count - 16);
            return high << 16 | read(16);
        }
        if (count == 0) {
            return 0;
        }
        int value = peek(count);
        skip(count);
        return value;
    }

    /** Goes to the next word; a whole word when it stands at one, as the format has it. */
    void alignForRawBytes() {
        if (available == 0) {
            peek(16);
        }
        position -= (available >> 4) * 2;
        available = 0;
        buffer = 0;
    }

    /** Copies bytes at an aligned place. */
    void raw(byte[] into, int at, int length) {
        if (position + length > block.size()) {
            throw block.error(position, length + " raw bytes run past the end of the LZX block");
        }
        System.arraycopy(input, position, into, at, length);
        position += length;
    }

    /** A 32-bit number at an aligned place. */
    int rawInt() {
        var four = new byte[4];
        raw(four, 0, 4);
        return four[0] & 0xff | (four[1] & 0xff) << 8 | (four[2] & 0xff) << 16 | four[3] << 24;
    }

    /** Passes over the byte that makes an odd number of raw bytes even. */
    void skipPadding() {
        position = (int) Math.min(position + 1L, block.size());
    }

    FormatException error(String problem) {
        return block.error(Math.min(position, block.size()), problem);
    }
}
