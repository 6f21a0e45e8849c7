package oriel.format.pdb;

import java.math.BigInteger;
import oriel.bytes.Bytes;

/** Reads the fields of one record one after the other; for one thread. */
final class RecordReader {
    private static final int LENGTH_FORM = 0x8000;

    private final Bytes in;
    private long at;

    RecordReader(Bytes in, long start) {
        this.in = in;
        this.at = start;
    }

    long position() {
        return at;
    }

    boolean hasMore(int bytes) {
        return in.contains(at, bytes);
    }

    int u8() {
        return in.u8(at++);
    }

    int u16() {
        at += 2;
        return in.u16(at - 2);
    }

    int s16() {
        at += 2;
        return in.s16(at - 2);
    }

    int s32() {
        at += 4;
        return in.s32(at - 4);
    }

    long u32() {
        at += 4;
        return in.u32(at - 4);
    }

    /** The rest of the record. */
    Bytes rest() {
        return in.from(at);
    }

    /** Text up to a zero or the end of the record. */
    String text() {
        return text(in.size());
    }

    /** Text up to a zero, or an offset in the record. */
    String text(long end) {
        long stop = at;
        while (stop < end && in.s8(stop) != 0) {
            stop++;
        }
        String text = in.utf8(at, (int) (stop - at));
        at = stop + 1;
        return text;
    }

    /** A list of u32 with a count of its own in front. */
    long[] u32List(long count) {
        var list = new long[in.checkedCount(count, 4, at)];
        for (int i = 0; i < list.length; i++) {
            list[i] = u32();
        }
        return list;
    }

    /** A number of variable length that is to be an offset or size; others come out as 0. */
    long number() {
        return numeric() instanceof Long number ? number : 0;
    }

    /**
     * A number of variable length: a {@link Long}; a {@link BigInteger} when it is larger; a {@link
     * Double} for floating point.
     */
    Number numeric() {
        int kind = u16();
        if (kind < LENGTH_FORM) {
            return (long) kind;
        }
        long start = at;
        switch (kind) {
            case 0x8000 -> {
                at += 1;
                return (long) in.s8(start);
            }
            case 0x8001 -> {
                return (long) s16();
            }
            case 0x8002 -> {
                return (long) u16();
            }
            case 0x8003 -> {
                return (long) s32();
            }
            case 0x8004 -> {
                return u32();
            }
            case 0x8005 -> {
                return (double) Float.intBitsToFloat(s32());
            }
            case 0x8006 -> {
                at += 8;
                return Double.longBitsToDouble(in.u64(start));
            }
            case 0x8009 -> {
                at += 8;
                return in.u64(start);
            }
            case 0x800a -> {
                at += 8;
                long bits = in.u64(start);
                return bits >= 0 ? (Number) bits : new BigInteger(Long.toUnsignedString(bits));
            }
            case 0x8017, 0x8018 -> {
                at += 16;
                return wide(start, kind == 0x8017);
            }
            default ->
                    throw in.error(
                            start - 2, "number of unknown form 0x" + Integer.toHexString(kind));
        }
    }

    private BigInteger wide(long start, boolean signed) {
        byte[] bytes = in.copy(start, 16);
        for (int i = 0; i < 8; i++) {
            byte swap = bytes[i];
            bytes[i] = bytes[15 - i];
            bytes[15 - i] = swap;
        }
        return signed ? new BigInteger(bytes) : new BigInteger(1, bytes);
    }
}
