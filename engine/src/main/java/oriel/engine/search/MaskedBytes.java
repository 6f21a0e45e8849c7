package oriel.engine.search;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A sequence of bytes of which some bits may be anything. Exact bytes, hexadecimal with wildcards
 * and text with or without case are all this. Immutable.
 */
public final class MaskedBytes implements Pattern {
    /** Longest pattern accepted. */
    public static final int MAX_LENGTH = 1 << 16;

    private final byte[] values;
    private final byte[] masks;
    private final String text;
    private final Optional<Folded> folded;

    /** Text that the masks only narrow down, because case is more than one bit for some letters. */
    private record Folded(String wanted, Charset charset) {
        boolean matches(byte[] data, int at, int length) {
            return wanted.equalsIgnoreCase(new String(data, at, length, charset));
        }
    }

    private MaskedBytes(byte[] values, byte[] masks, String text, Optional<Folded> folded) {
        if (values.length == 0 || values.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a pattern has 1 to " + MAX_LENGTH + " bytes, not " + values.length);
        }
        this.values = values;
        this.masks = masks;
        this.text = text;
        this.folded = folded;
    }

    /** Exactly these bytes. */
    public static MaskedBytes of(byte[] bytes) {
        var masks = new byte[bytes.length];
        Arrays.fill(masks, (byte) -1);
        var text = new StringBuilder();
        for (byte b : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(digit(b >> 4)).append(digit(b));
        }
        return new MaskedBytes(bytes.clone(), masks, text.toString(), Optional.empty());
    }

    /**
     * Bytes in hexadecimal; {@code ?} stands for any digit, a {@code ?} alone between blanks for
     * any byte: {@code 48 8b ?? 2? ?}, {@code 488b??2?}.
     *
     * @throws IllegalArgumentException naming what is wrong, when the text is not of this form
     */
    public static MaskedBytes hex(String pattern) {
        var values = new byte[pattern.length()];
        var masks = new byte[pattern.length()];
        int count = 0;
        boolean fixed = false;
        for (String word : pattern.trim().split("[\\s,]+")) {
            String digits = word.equals("?") ? "??" : word;
            if (digits.length() % 2 != 0) {
                throw new IllegalArgumentException("'" + word + "' has an odd number of digits");
            }
            for (int i = 0; i < digits.length(); i += 2) {
                int high = nibble(digits.charAt(i));
                int low = nibble(digits.charAt(i + 1));
                values[count] = (byte) (Math.max(high, 0) << 4 | Math.max(low, 0));
                masks[count] = (byte) ((high < 0 ? 0 : 0xf0) | (low < 0 ? 0 : 0x0f));
                fixed |= masks[count] != 0;
                count++;
            }
        }
        if (!fixed) {
            throw new IllegalArgumentException("'" + pattern + "' has no digit to look for");
        }
        return new MaskedBytes(
                Arrays.copyOf(values, count),
                Arrays.copyOf(masks, count),
                pattern.trim(),
                Optional.empty());
    }

    /**
     * A text in some encoding.
     *
     * @param ignoreCase whether letters match in either case
     * @throws IllegalArgumentException when the encoding has no such characters, or the text is
     *     empty
     */
    public static MaskedBytes text(String wanted, Charset charset, boolean ignoreCase) {
        byte[] values = encode(wanted, charset);
        var masks = new byte[values.length];
        Arrays.fill(masks, (byte) -1);
        if (!ignoreCase) {
            return new MaskedBytes(values, masks, quoted(wanted), Optional.empty());
        }
        boolean exact = maskCase(wanted, charset, values, masks);
        return new MaskedBytes(
                values,
                masks,
                quoted(wanted),
                exact ? Optional.empty() : Optional.of(new Folded(wanted, charset)));
    }

    /** Number of bytes. */
    @Override
    public int maxLength() {
        return values.length;
    }

    @Override
    public String toString() {
        return text;
    }

    int value(int index) {
        return values[index] & 0xff;
    }

    int mask(int index) {
        return masks[index] & 0xff;
    }

    /** Whether all of the pattern is at {@code at}, which must leave room for it. */
    boolean matches(byte[] data, int at) {
        for (int i = 0; i < values.length; i++) {
            if (((data[at + i] ^ values[i]) & masks[i]) != 0) {
                return false;
            }
        }
        return folded.isEmpty() || folded.get().matches(data, at, values.length);
    }

    /**
     * Clears the bits by which the cases of each letter differ.
     *
     * @return whether the masks alone say it all: only letters whose cases differ in one bit
     */
    private static boolean maskCase(String wanted, Charset charset, byte[] values, byte[] masks) {
        boolean exact = true;
        int at = 0;
        for (int i = 0; i < wanted.length(); ) {
            int c = wanted.codePointAt(i);
            i += Character.charCount(c);
            byte[] own = encode(Character.toString(c), charset);
            for (int other : new int[] {Character.toLowerCase(c), Character.toUpperCase(c)}) {
                Optional<byte[]> variant = encodeIfPossible(Character.toString(other), charset);
                if (variant.isEmpty() || variant.get().length != own.length) {
                    exact &= other == c;
                    continue;
                }
                int changed = 0;
                for (int b = 0; b < own.length; b++) {
                    int bits = own[b] ^ variant.get()[b];
                    changed += Integer.bitCount(bits & 0xff);
                    masks[at + b] &= (byte) ~bits;
                    values[at + b] &= masks[at + b];
                }
                exact &= changed <= 1;
            }
            at += own.length;
        }
        return exact;
    }

    private static byte[] encode(String text, Charset charset) {
        return encodeIfPossible(text, charset)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        quoted(text) + " cannot be written in " + charset.name()));
    }

    private static Optional<byte[]> encodeIfPossible(String text, Charset charset) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return Optional.of(bytes);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int nibble(char c) {
        int value = Character.digit(c, 16);
        if (value < 0 && c != '?') {
            throw new IllegalArgumentException("'" + c + "' is not a hexadecimal digit or ?");
        }
        return value;
    }

    private static String digit(int nibble) {
        return Integer.toHexString(nibble & 0xf).toLowerCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
