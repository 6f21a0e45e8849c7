package oriel.format.cab;

import java.util.Arrays;
import oriel.bytes.Bytes;

/**
 * LZX as cabinets use it: a sliding window, three kinds of blocks that may span data blocks, and
 * optionally call targets of x86 code that were made absolute (E8 translation).
 */
final class LzxDecoder implements BlockDecoder {
    static final int SMALLEST_WINDOW = 15;
    static final int LARGEST_WINDOW = 21;

    private static final int VERBATIM = 1;
    private static final int ALIGNED = 2;
    private static final int UNCOMPRESSED = 3;
    private static final int LITERALS = 256;
    private static final int LENGTHS = 249;
    private static final int PRE_SYMBOLS = 20;
    private static final int SHORTEST_MATCH = 2;
    private static final int LENGTH_ESCAPE = 7;
    private static final int TRANSLATED_FRAMES = 32768;
    private static final int[] SLOTS = {30, 32, 34, 36, 38, 42, 50};
    private static final int[] SLOT_BITS = new int[50];
    private static final int[] SLOT_BASE = new int[50];

    static {
        int base = 0;
        for (int slot = 0; slot < SLOT_BITS.length; slot++) {
            SLOT_BITS[slot] = slot < 4 ? 0 : Math.min(17, slot / 2 - 1);
            SLOT_BASE[slot] = base;
            base += 1 << SLOT_BITS[slot];
        }
    }

    private final byte[] window;
    private final LzxCode main;
    private final LzxCode length = new LzxCode(LENGTHS);
    private final LzxCode aligned = new LzxCode(8);
    private final LzxCode pre = new LzxCode(PRE_SYMBOLS);
    private final LzxBits bits = new LzxBits(Bytes.of(new byte[0], ""));
    private int windowAt;
    private long decoded;
    private int recent0 = 1;
    private int recent1 = 1;
    private int recent2 = 1;
    private int blockType;
    private int blockSize;
    private int blockLeft;
    private boolean headerRead;
    private int translationSize;
    private int frames;

    LzxDecoder(int windowBits) {
        window = new byte[1 << windowBits];
        main = new LzxCode(LITERALS + 8 * SLOTS[windowBits - SMALLEST_WINDOW]);
    }

    @Override
    public void decode(Bytes block, byte[] into, int size) {
        bits.start(block);
        if (!headerRead) {
            translationSize = bits.read(1) == 1 ? (int) bits.read(32) : 0;
            headerRead = true;
        }
        int start = windowAt;
        int left = size;
        while (left > 0) {
            if (blockLeft == 0) {
                startBlock();
            }
            int part = Math.min(left, blockLeft);
            int done = blockType == UNCOMPRESSED ? copyRaw(part) : expand(part, left);
            blockLeft -= done;
            left -= done;
        }
        decoded += size;
        int tail = Math.min(size, window.length - start);
        System.arraycopy(window, start, into, 0, tail);
        System.arraycopy(window, 0, into, tail, size - tail);
        if (translationSize != 0 && frames < TRANSLATED_FRAMES) {
            undoTranslation(into, size);
        }
        frames++;
    }

    private void startBlock() {
        if (blockType == UNCOMPRESSED && (blockSize & 1) != 0) {
            bits.skipPadding();
        }
        blockType = (int) bits.read(3);
        blockSize = (int) bits.read(24);
        blockLeft = blockSize;
        if (blockSize == 0) {
            throw bits.error("LZX block of no bytes");
        }
        switch (blockType) {
            case VERBATIM -> readCodes();
            case ALIGNED -> {
                for (int i = 0; i < aligned.lengths.length; i++) {
                    aligned.lengths[i] = (byte) bits.read(3);
                }
                build(aligned);
                readCodes();
            }
            case UNCOMPRESSED -> {
                bits.alignForRawBytes();
                recent0 = bits.rawInt();
                recent1 = bits.rawInt();
                recent2 = bits.rawInt();
            }
            default -> throw bits.error("LZX block of kind " + blockType);
        }
    }

    private void readCodes() {
        readLengths(main, 0, LITERALS);
        readLengths(main, LITERALS, main.lengths.length);
        build(main);
        readLengths(length, 0, LENGTHS);
        build(length);
    }

    /** Lengths are written as differences to those of the block before, in a code of their own. */
    private void readLengths(LzxCode code, int from, int to) {
        for (int i = 0; i < PRE_SYMBOLS; i++) {
            pre.lengths[i] = (byte) bits.read(4);
        }
        build(pre);
        int at = from;
        while (at < to) {
            int symbol = pre.decode(bits);
            int run = 1;
            int value = 0;
            switch (symbol) {
                case 17 -> run = 4 + (int) bits.read(4);
                case 18 -> run = 20 + (int) bits.read(5);
                case 19 -> {
                    run = 4 + (int) bits.read(1);
                    value = difference(code.lengths[at], pre.decode(bits));
                }
                default -> value = difference(code.lengths[at], symbol);
            }
            if (run > to - at) {
                throw bits.error("LZX code lengths run over the end");
            }
            Arrays.fill(code.lengths, at, at + run, (byte) value);
            at += run;
        }
    }

    private int difference(int before, int symbol) {
        if (symbol > 16) {
            throw bits.error("LZX code length of kind " + symbol);
        }
        return Math.floorMod(before - symbol, 17);
    }

    private void build(LzxCode code) {
        if (!code.build()) {
            throw bits.error("LZX code is not complete");
        }
    }

    private int copyRaw(int size) {
        int done = 0;
        while (done < size) {
            int part = Math.min(size - done, window.length - windowAt);
            bits.raw(window, windowAt, part);
            windowAt = windowAt + part & window.length - 1;
            done += part;
        }
        return size;
    }

    /** Decodes up to {@code size} bytes; the last match may run on, but not over the frame. */
    private int expand(int size, int frameLeft) {
        int mask = window.length - 1;
        int done = 0;
        while (done < size) {
            int symbol = main.decode(bits);
            if (symbol < LITERALS) {
                window[windowAt] = (byte) symbol;
                windowAt = windowAt + 1 & mask;
                done++;
                continue;
            }
            int matchLength = (symbol & 7) + SHORTEST_MATCH;
            if ((symbol & 7) == LENGTH_ESCAPE) {
                matchLength += length.decode(bits);
            }
            int distance = distance(symbol - LITERALS >> 3);
            if (distance <= 0 || distance > window.length || matchLength > frameLeft - done) {
                throw bits.error("LZX match reaches out of the window");
            }
            int from = windowAt - distance & mask;
            for (int i = 0; i < matchLength; i++) {
                window[windowAt] = window[from];
                windowAt = windowAt + 1 & mask;
                from = from + 1 & mask;
            }
            done += matchLength;
        }
        if (done > blockLeft) {
            throw bits.error("LZX match runs over the end of its block");
        }
        return done;
    }

    private int distance(int slot) {
        int found;
        switch (slot) {
            case 0 -> {
                return recent0;
            }
            case 1 -> {
                found = recent1;
                recent1 = recent0;
            }
            case 2 -> {
                found = recent2;
                recent2 = recent0;
            }
            default -> {
                found = SLOT_BASE[slot] - 2 + extra(SLOT_BITS[slot]);
                recent2 = recent1;
                recent1 = recent0;
            }
        }
        recent0 = found;
        return found;
    }

    private int extra(int count) {
        if (blockType == ALIGNED && count >= 3) {
            int high = (int) bits.read(count - 3) << 3;
            return high + aligned.decode(bits);
        }
        return (int) bits.read(count);
    }

    /** Turns absolute targets of E8 calls back into relative ones. */
    private void undoTranslation(byte[] data, int size) {
        int start = (int) (decoded - size);
        int at = 0;
        while (at < size - 10) {
            if (data[at] != (byte) 0xe8) {
                at++;
                continue;
            }
            int position = start + at;
            int absolute =
                    data[at + 1] & 0xff
                            | (data[at + 2] & 0xff) << 8
                            | (data[at + 3] & 0xff) << 16
                            | data[at + 4] << 24;
            if (absolute >= -position && absolute < translationSize) {
                int relative = absolute >= 0 ? absolute - position : absolute + translationSize;
                for (int i = 0; i < 4; i++) {
                    data[at + 1 + i] = (byte) (relative >>> 8 * i);
                }
            }
            at += 5;
        }
    }
}
