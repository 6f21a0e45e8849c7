package oriel.format.dwarf;

import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/** Reads numbers one after the other. For one thread. */
final class DwarfCursor {
    private final Bytes bytes;
    private long at;

    DwarfCursor(Bytes bytes, long at) {
        this.bytes = bytes;
        this.at = at;
    }

    long at() {
        return at;
    }

    void moveTo(long offset) {
        at = offset;
    }

    boolean atEnd() {
        return at >= bytes.size();
    }

    /** Passes over bytes; a length that leaves the section is noticed by the next read. */
    void skip(long count) {
        if (count < 0 || count > bytes.size() - at) {
            throw bytes.error(at, count + " bytes run past the end of the section");
        }
        at += count;
    }

    int u8() {
        return bytes.u8(at++);
    }

    int s8() {
        return bytes.s8(at++);
    }

    int u16() {
        at += 2;
        return bytes.u16(at - 2);
    }

    long u32() {
        at += 4;
        return bytes.u32(at - 4);
    }

    long u64() {
        at += 8;
        return bytes.u64(at - 8);
    }

    /** A number of 1, 2, 3, 4 or 8 bytes. */
    long number(int width) {
        return switch (width) {
            case 1 -> u8();
            case 2 -> u16();
            case 3 -> u16() | (long) u8() << 16;
            case 4 -> u32();
            case 8 -> u64();
            default -> throw bytes.error(at, "number of " + width + " bytes");
        };
    }

    /** An unsigned LEB128 number; bits beyond 64 are dropped. */
    long uleb() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int part = u8();
            if (shift < 64) {
                value |= (long) (part & 0x7f) << shift;
            }
            if ((part & 0x80) == 0) {
                return value;
            }
        }
    }

    /** A signed LEB128 number. */
    long sleb() {
        long value = 0;
        int shift = 0;
        int part;
        do {
            part = u8();
            if (shift < 64) {
                value |= (long) (part & 0x7f) << shift;
            }
            shift += 7;
        } while ((part & 0x80) != 0);
        return shift < 64 && (part & 0x40) != 0 ? value | -1L << shift : value;
    }

    /** Passes over a NUL-terminated text and answers where it began. */
    long text() {
        long start = at;
        while (u8() != 0) {
            // on to the NUL
        }
        return start;
    }

    FormatException error(String problem) {
        return bytes.error(Math.min(at, bytes.size()), problem);
    }
}
