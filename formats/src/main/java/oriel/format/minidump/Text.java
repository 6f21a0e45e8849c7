package oriel.format.minidump;

import oriel.bytes.Bytes;

/** Strings of minidumps: a u32 length in bytes, then UTF-16 or UTF-8; and arrays of UTF-16. */
final class Text {
    /** The longest string that is believed. Windows limits paths to 32,767 units. */
    private static final int LONGEST = 1 << 20;

    private Text() {}

    /** MINIDUMP_STRING; empty for offset 0, which writers use for "none". */
    static String string(Bytes file, long offset) {
        if (offset == 0) {
            return "";
        }
        int length = length(file, offset);
        return file.utf16(offset + 4, length);
    }

    /** MinidumpUTF8String of Crashpad; empty for offset 0. */
    static String utf8(Bytes file, long offset) {
        if (offset == 0) {
            return "";
        }
        int length = length(file, offset);
        return file.utf8(offset + 4, length);
    }

    /** An array of UTF-16 units up to a NUL or its end. */
    static String utf16(Bytes in, long offset, int byteLength) {
        int length = 0;
        while (length + 1 < byteLength && in.u16(offset + length) != 0) {
            length += 2;
        }
        return in.utf16(offset, length);
    }

    private static int length(Bytes file, long offset) {
        long length = file.u32(offset);
        if (length > LONGEST || !file.contains(offset + 4, length)) {
            throw file.error(offset, "string of " + length + " bytes does not fit");
        }
        return (int) length;
    }
}
