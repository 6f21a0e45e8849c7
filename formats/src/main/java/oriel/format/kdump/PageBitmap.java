package oriel.format.kdump;

import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;

/**
 * A bit for each physical page; the pages whose bits are set follow each other in the file. The
 * bits stay in the file; a number for each {@value #BLOCK_BITS} of them says how many are set
 * before.
 */
final class PageBitmap implements PhysicalPages {
    private static final int BLOCK_BITS = 512;

    private final Bytes bits;
    private final long bitCount;
    private final long dataOffset;
    private final long[] before;
    private final long stored;

    private PageBitmap(Bytes bits, long bitCount, long dataOffset, long[] before, long stored) {
        this.bits = bits;
        this.bitCount = bitCount;
        this.dataOffset = dataOffset;
        this.before = before;
        this.stored = stored;
    }

    /**
     * @param bits the bitmap, at least as long as the bits claim
     * @param bitCount pages it speaks of
     * @param dataOffset where the first page lies
     * @param claimed pages that the header says are there; 0 when it does not
     */
    static PhysicalPages of(
            Bytes file,
            Bytes bits,
            long bitCount,
            long dataOffset,
            long claimed,
            Consumer<Diagnostic> problems) {
        int blocks = (int) ((bitCount + BLOCK_BITS - 1) / BLOCK_BITS);
        var before = new long[blocks + 1];
        for (int block = 0; block < blocks; block++) {
            int set = 0;
            for (int i = 0; i < BLOCK_BITS / 64; i++) {
                set += Long.bitCount(word(bits, bitCount, block * (long) (BLOCK_BITS / 64) + i));
            }
            before[block + 1] = before[block] + set;
        }
        long set = before[blocks];
        long room = dataOffset >= file.size() ? 0 : (file.size() - dataOffset) / PAGE_BYTES;
        if (claimed != 0 && claimed != set) {
            problems.accept(
                    new Diagnostic(
                            "physical memory",
                            "the bitmap has "
                                    + set
                                    + " pages, the header speaks of "
                                    + Long.toUnsignedString(claimed)
                                    + ": the bitmap counts"));
        }
        if (set > room) {
            problems.accept(
                    new Diagnostic(
                            "physical memory",
                            (set - room) + " of " + set + " pages are behind the end of the file"));
        }
        return new PageBitmap(bits, bitCount, dataOffset, before, Math.min(set, room));
    }

    /** 64 bits; those behind the end are 0. */
    private static long word(Bytes bits, long bitCount, long index) {
        long at = index * 8;
        long left = bitCount - index * 64;
        if (left <= 0) {
            return 0;
        }
        long value = 0;
        if (bits.contains(at, 8)) {
            value = bits.u64(at);
        } else {
            for (int i = 0; bits.contains(at + i, 1) && i < 8; i++) {
                value |= (long) bits.u8(at + i) << 8 * i;
            }
        }
        return left < 64 ? value & (1L << left) - 1 : value;
    }

    @Override
    public long fileOffset(long page) {
        if (page < 0 || page >= bitCount) {
            return -1;
        }
        long index = page / 64;
        long word = word(bits, bitCount, index);
        if ((word >>> page % 64 & 1) == 0) {
            return -1;
        }
        int block = (int) (page / BLOCK_BITS);
        long rank = before[block];
        for (long i = block * (long) (BLOCK_BITS / 64); i < index; i++) {
            rank += Long.bitCount(word(bits, bitCount, i));
        }
        rank += Long.bitCount(word & (1L << page % 64) - 1);
        return rank < stored ? dataOffset + rank * PAGE_BYTES : -1;
    }

    @Override
    public long count() {
        return stored;
    }
}
