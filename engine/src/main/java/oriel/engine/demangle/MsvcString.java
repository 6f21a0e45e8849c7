package oriel.engine.demangle;

/**
 * A string literal that the linker folds: {@code ??_C@_0} length, checksum, then the first 32
 * characters.
 */
final class MsvcString implements MsvcNode {
    private static final int MAX_BYTES = 128;
    private static final int WHOLE = 32;
    private static final String SIGNS = ",/\\:. \n\t'-";
    private static final String ESCAPED = "\0\007\b\f\n\r\t\013\"'\\";
    private static final String ESCAPES = "0abfnrtv\"'\\";

    private final Cursor in;
    private final byte[] bytes = new byte[MAX_BYTES];
    private int count;
    private long size;
    private boolean wide;

    MsvcString(Cursor in) {
        this.in = in;
    }

    MsvcString read() {
        in.expect("@_");
        wide =
                switch (in.next()) {
                    case '0' -> false;
                    case '1' -> true;
                    default -> throw in.refused();
                };
        size = new MsvcReader(in).number();
        int checksum = in.find('@');
        if (size < (wide ? 2 : 1) || checksum < 0) {
            throw in.refused();
        }
        in.skip(checksum + 1 - in.at());
        while (!in.accept('@')) {
            if (count >= MAX_BYTES) {
                throw in.refused();
            }
            bytes[count++] = (byte) character();
        }
        return this;
    }

    private int character() {
        char c = in.next();
        if (c != '?') {
            return c;
        }
        c = in.next();
        if (c == '$') {
            return nibble() << 4 | nibble();
        }
        if (c >= '0' && c <= '9') {
            return SIGNS.charAt(c - '0');
        }
        if (c >= 'a' && c <= 'z') {
            return 0xe1 + c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return 0xc1 + c - 'A';
        }
        throw in.refused();
    }

    private int nibble() {
        char c = in.next();
        if (c < 'A' || c > 'P') {
            throw in.refused();
        }
        return c - 'A';
    }

    @Override
    public void print(Output out) {
        if (!out.full()) {
            out.append("`string'");
            return;
        }
        boolean truncated = size > (wide ? 2 * WHOLE : count);
        int width = wide ? 2 : width();
        out.append(wide ? "L" : width == 2 ? "u" : width == 4 ? "U" : "").append('"');
        int characters = count / width;
        for (int i = 0; i < characters; i++) {
            // The zero at the end is not shown.
            if (truncated || (wide ? size - 2L * i != 2 : i + 1 < characters)) {
                printCharacter(valueAt(i, width), out);
            }
        }
        out.append('"').append(truncated ? "..." : "");
    }

    private int valueAt(int index, int width) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            int b = bytes[index * width + i] & 0xff;
            // Wide characters are written with the high byte first.
            value = wide ? value << 8 | b : value | b << 8 * i;
        }
        return value;
    }

    /** The name does not tell the width of what is not wchar_t; zeros do. */
    private int width() {
        if (count % 2 != 0) {
            return 1;
        }
        if (count < WHOLE) {
            int zeros = 0;
            while (zeros < count && bytes[count - 1 - zeros] == 0) {
                zeros++;
            }
            return zeros >= 4 && count % 4 == 0 ? 4 : zeros >= 2 ? 2 : 1;
        }
        int zeros = 0;
        for (int i = 0; i < count; i++) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return zeros >= 2 * count / 3 && count % 4 == 0 ? 4 : zeros >= count / 3 ? 2 : 1;
    }

    private static void printCharacter(int c, Output out) {
        int escape = ESCAPED.indexOf(c);
        if (escape >= 0) {
            out.append('\\').append(ESCAPES.charAt(escape));
        } else if (c > 0x1f && c < 0x7f) {
            out.append((char) c);
        } else {
            String digits = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
            out.append(digits.length() % 2 == 0 ? "\\x" : "\\x0").append(digits);
        }
    }
}
