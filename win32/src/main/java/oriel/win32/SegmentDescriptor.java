package oriel.win32;

import oriel.bytes.Bytes;

/**
 * What a segment register of a 32-bit thread stands for (LDT_ENTRY; "Segment Descriptors" in the
 * manuals of the processor).
 *
 * @param base what is added to each offset, unsigned 32 bits
 * @param lastOffset the highest offset in the segment, unsigned 32 bits; for segments that grow
 *     down the highest that is not in it
 * @param type the four bits of the type, and above them the one that is 0 for system segments
 * @param privilege ring 0 to 3
 * @param present whether it may be used
 * @param wide whether code in it is 32-bit code, and stacks use esp
 */
public record SegmentDescriptor(
        long base, long lastOffset, int type, int privilege, boolean present, boolean wide) {
    static final int SIZE = 8;
    private static final int NOT_SYSTEM = 0x10;
    private static final int CODE = 0x08;
    private static final int WRITABLE = 0x02;

    static SegmentDescriptor read(Bytes entry) {
        int flags = entry.u8(5);
        int more = entry.u8(6);
        long base = entry.u16(2) | (long) entry.u8(4) << 16 | (long) entry.u8(7) << 24;
        long limit = entry.u16(0) | (more & 0xfL) << 16;
        boolean inPages = (more & 0x80) != 0;
        return new SegmentDescriptor(
                base,
                inPages ? limit << 12 | 0xfff : limit,
                flags & 0x1f,
                flags >> 5 & 3,
                (flags & 0x80) != 0,
                (more & 0x40) != 0);
    }

    /** Whether it holds code. */
    public boolean isCode() {
        return (type & (NOT_SYSTEM | CODE)) == (NOT_SYSTEM | CODE);
    }

    /** Whether it holds data that may be written. */
    public boolean isWritableData() {
        return (type & (NOT_SYSTEM | CODE | WRITABLE)) == (NOT_SYSTEM | WRITABLE);
    }
}
