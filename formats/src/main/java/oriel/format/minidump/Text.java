package oriel.format.minidump;

import oriel.bytes.Bytes;

/** Text in fields of fixed length. */
final class Text {
    private Text() {}

    /** An array of UTF-16 units up to a NUL or its end. */
    static String utf16(Bytes in, long offset, int byteLength) {
        int length = 0;
        while (length + 1 < byteLength && in.u16(offset + length) != 0) {
            length += 2;
        }
        return in.utf16(offset, length);
    }
}
