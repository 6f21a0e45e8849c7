package oriel.format.cab;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plain LZX encoder for tests: greedy matches, one block for every two frames, kinds of blocks in
 * turn, balanced or (for small alphabets) lopsided codes.
 */
final class LzxEncoder {
    private static final int FRAME = 32768;
    private static final int[] SLOTS = {30, 32, 34, 36, 38, 42, 50};

    private final int windowSize;
    private final int mainSymbols;
    private final int translationSize;
    private final int[] recent = {1, 1, 1};
    private final byte[] lastMain;
    private final byte[] lastLength = new byte[249];
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long word;
    private int bitsInWord;

    private record Token(int literal, int length, int slot, int extraBits, int extra) {}

    LzxEncoder(int windowBits, int translationSize) {
        windowSize = 1 << windowBits;
        mainSymbols = 256 + 8 * SLOTS[windowBits - 15];
        lastMain = new byte[mainSymbols];
        this.translationSize = translationSize;
    }

    List<byte[]> encode(byte[] content) {
        byte[] data = translationSize == 0 ? content : translate(content);
        var frames = new ArrayList<byte[]>();
        put(translationSize == 0 ? 0 : 1, 1);
        if (translationSize != 0) {
            put(translationSize >>> 16, 16);
            put(translationSize & 0xffff, 16);
        }
        int kind = 1;
        for (int start = 0; start < data.length; start += 2 * FRAME) {
            int size = Math.min(2 * FRAME, data.length - start);
            put(kind, 3);
            put(size >>> 8, 16);
            put(size & 0xff, 8);
            if (kind == 3) {
                raw(data, start, size, frames);
            } else {
                compressed(data, start, size, kind == 2, frames);
            }
            kind = kind % 3 + 1;
        }
        return frames;
    }

    private void raw(byte[] data, int start, int size, List<byte[]> frames) {
        put(0, bitsInWord == 0 ? 16 : 16 - bitsInWord);
        for (int r : recent) {
            for (int i = 0; i < 4; i++) {
                out.write(r >>> 8 * i);
            }
        }
        for (int at = start; at < start + size; at += FRAME) {
            out.write(data, at, Math.min(FRAME, start + size - at));
            if (at + FRAME >= start + size && (size & 1) != 0) {
                out.write(0);
            }
            endFrame(frames);
        }
    }

    private void compressed(byte[] data, int start, int size, boolean aligned, List<byte[]> to) {
        List<List<Token>> frames = new ArrayList<>();
        for (int at = start; at < start + size; at += FRAME) {
            frames.add(tokens(data, at, Math.min(at + FRAME, start + size)));
        }
        var mainCounts = new int[mainSymbols];
        var lengthCounts = new int[249];
        for (List<Token> frame : frames) {
            for (Token token : frame) {
                mainCounts[mainSymbol(token)]++;
                if (token.length >= 9) {
                    lengthCounts[token.length - 9]++;
                }
            }
        }
        if (aligned) {
            for (int i = 0; i < 8; i++) {
                put(3, 3);
            }
        }
        byte[] main = lengths(mainCounts);
        byte[] length = lengths(lengthCounts);
        putLengths(main, lastMain, 0, 256);
        putLengths(main, lastMain, 256, mainSymbols);
        putLengths(length, lastLength, 0, 249);
        System.arraycopy(main, 0, lastMain, 0, main.length);
        System.arraycopy(length, 0, lastLength, 0, length.length);
        int[] mainCodes = codes(main);
        int[] lengthCodes = codes(length);
        for (List<Token> frame : frames) {
            for (Token token : frame) {
                int symbol = mainSymbol(token);
                put(mainCodes[symbol], main[symbol]);
                if (token.length >= 9) {
                    put(lengthCodes[token.length - 9], length[token.length - 9]);
                }
                if (token.extraBits >= 3 && aligned) {
                    putWide(token.extra >>> 3, token.extraBits - 3);
                    put(token.extra & 7, 3);
                } else {
                    putWide(token.extra, token.extraBits);
                }
            }
            endFrame(to);
        }
    }

    private static int mainSymbol(Token token) {
        return token.length == 0
                ? token.literal
                : 256 + token.slot * 8 + Math.min(7, token.length - 2);
    }

    private final Map<Integer, Integer> seen = new HashMap<>();

    private List<Token> tokens(byte[] data, int start, int end) {
        var tokens = new ArrayList<Token>();
        int at = start;
        while (at < end) {
            Integer before = at + 3 <= end ? seen.put(hash(data, at), at) : null;
            int length = 0;
            if (before != null && at - before <= windowSize - 3) {
                while (at + length < end
                        && length < 257
                        && data[before + length] == data[at + length]) {
                    length++;
                }
            }
            if (length < 3 || before == null) {
                tokens.add(new Token(data[at++] & 0xff, 0, 0, 0, 0));
            } else {
                tokens.add(match(at - before, length));
                at += length;
            }
        }
        return tokens;
    }

    private Token match(int distance, int length) {
        for (int i = 0; i < 3; i++) {
            if (recent[i] == distance) {
                recent[i] = recent[0];
                recent[0] = distance;
                return new Token(0, length, i, 0, 0);
            }
        }
        recent[2] = recent[1];
        recent[1] = recent[0];
        recent[0] = distance;
        int formatted = distance + 2;
        int slot = 0;
        int base = 0;
        while (base + (1 << bits(slot)) <= formatted) {
            base += 1 << bits(slot);
            slot++;
        }
        return new Token(0, length, slot, bits(slot), formatted - base);
    }

    private static int bits(int slot) {
        return slot < 4 ? 0 : Math.min(17, slot / 2 - 1);
    }

    private static int hash(byte[] data, int at) {
        return data[at] & 0xff | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff) << 16;
    }

    private static byte[] lengths(int[] counts) {
        var lengths = new byte[counts.length];
        int used = (int) Arrays.stream(counts).filter(c -> c > 0).count();
        if (used == 0) {
            return lengths;
        }
        int[] symbols = new int[Math.max(2, used)];
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                symbols[n++] = i;
            }
        }
        if (n == 1) {
            symbols[n++] = symbols[0] == 0 ? 1 : 0;
        }
        if (n <= 17) {
            for (int i = 0; i < n; i++) {
                lengths[symbols[i]] = (byte) Math.min(i + 1, n - 1);
            }
            return lengths;
        }
        int bits = 32 - Integer.numberOfLeadingZeros(n - 1);
        int shorter = (1 << bits) - n;
        for (int i = 0; i < n; i++) {
            lengths[symbols[i]] = (byte) (i < shorter ? bits - 1 : bits);
        }
        return lengths;
    }

    private static int[] codes(byte[] lengths) {
        var codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= 16; length++) {
            code <<= 1;
            for (int i = 0; i < lengths.length; i++) {
                if (lengths[i] == length) {
                    codes[i] = code++;
                }
            }
        }
        return codes;
    }

    /** Differences to the block before, in a code where 12 symbols have 4 bits and 8 have 5. */
    private void putLengths(byte[] lengths, byte[] last, int from, int to) {
        var pre = new byte[20];
        for (int i = 0; i < 20; i++) {
            pre[i] = (byte) (i < 12 ? 4 : 5);
            put(pre[i], 4);
        }
        int[] codes = codes(pre);
        int at = from;
        while (at < to) {
            int run = 1;
            while (at + run < to && lengths[at + run] == lengths[at] && run < 51) {
                run++;
            }
            if (lengths[at] == 0 && run >= 20) {
                put(codes[18], pre[18]);
                put(run - 20, 5);
            } else if (lengths[at] == 0 && run >= 4) {
                run = Math.min(run, 19);
                put(codes[17], pre[17]);
                put(run - 4, 4);
            } else {
                int symbol = Math.floorMod(last[at] - lengths[at], 17);
                if (run >= 4) {
                    run = Math.min(run, 5);
                    put(codes[19], pre[19]);
                    put(run - 4, 1);
                } else {
                    run = 1;
                }
                put(codes[symbol], pre[symbol]);
            }
            at += run;
        }
    }

    private byte[] translate(byte[] content) {
        byte[] data = content.clone();
        for (int frame = 0; frame < data.length; frame += FRAME) {
            int end = Math.min(data.length, frame + FRAME) - 10;
            for (int at = frame; at < end; at++) {
                if (data[at] != (byte) 0xe8) {
                    continue;
                }
                int relative = hash(data, at + 1) | data[at + 4] << 24;
                if (relative >= -at && relative < translationSize) {
                    int absolute =
                            relative < translationSize - at
                                    ? relative + at
                                    : relative - translationSize;
                    for (int i = 0; i < 4; i++) {
                        data[at + 1 + i] = (byte) (absolute >>> 8 * i);
                    }
                }
                at += 4;
            }
        }
        return data;
    }

    private void endFrame(List<byte[]> frames) {
        if (bitsInWord > 0) {
            put(0, 16 - bitsInWord);
        }
        frames.add(out.toByteArray());
        out = new ByteArrayOutputStream();
    }

    private void putWide(int value, int count) {
        if (count > 16) {
            put(value >>> 16, count - 16);
            put(value & 0xffff, 16);
        } else {
            put(value, count);
        }
    }

    private void put(int value, int count) {
        word = word << count | value;
        bitsInWord += count;
        while (bitsInWord >= 16) {
            int whole = (int) (word >>> bitsInWord - 16) & 0xffff;
            out.write(whole);
            out.write(whole >>> 8);
            bitsInWord -= 16;
        }
    }
}
