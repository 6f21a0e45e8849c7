package oriel.format.kdump;

import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;

/**
 * Finds out how a dump tells where its pages are. The signature behind the header decides, not
 * DumpType, because writers disagree about that: SDMP and FDMP begin a bitmap, RDMP ranges, and
 * without one the runs of the header count.
 */
final class PageSource {
    private static final int SDMP = 0x504d4453;
    private static final int FDMP = 0x504d4446;
    private static final int RDMP = 0x504d4452;
    private static final int DUMP = 0x504d5544;
    private static final int FILL = 0x45474150;
    private static final int MOST_RANGES = 1 << 24;

    private final Bytes file;
    private final boolean is64;
    private final Consumer<Diagnostic> problems;
    private final long headerSize;
    private PhysicalPages pages = PhysicalPages.NONE;
    private String layout = "";
    private long tableOffset;
    private long dataOffset;

    PageSource(Bytes file, boolean is64, Consumer<Diagnostic> problems) {
        this.file = file;
        this.is64 = is64;
        this.problems = problems;
        this.headerSize = KernelDumpHeader.size(is64);
        find();
    }

    PhysicalPages pages() {
        return pages;
    }

    /** How pages are told, in words; empty when they are not. */
    String layout() {
        return layout;
    }

    /** Where runs, ranges or bitmap begin. */
    long tableOffset() {
        return tableOffset;
    }

    /** Where the bytes of the first page begin. */
    long dataOffset() {
        return dataOffset;
    }

    private void find() {
        int signature = file.contains(headerSize, 8) ? file.s32(headerSize) : 0;
        int next = file.contains(headerSize, 8) ? file.s32(headerSize + 4) : 0;
        if ((signature == SDMP || signature == FDMP) && next == DUMP) {
            bitmap();
        } else if (next == RDMP) {
            ranges();
        } else {
            runs();
        }
    }

    private void report(String problem) {
        problems.accept(new Diagnostic("physical memory", problem));
    }

    /**
     * SUMMARY_DUMP. Since Windows 8: u64 offset of the first page at 0x20, pages present at 0x28,
     * bits at 0x30, bitmap at 0x38. Before: u32 offset at 0x0c, bits at 0x10, pages present at
     * 0x14, and an RTL_BITMAP at 0x18 before its bits.
     */
    private void bitmap() {
        long at = headerSize;
        if (!file.contains(at, 0x38)) {
            report("the bitmap's header is cut short");
            return;
        }
        long newFirst = file.u64(at + 0x20);
        long newBits = file.u64(at + 0x30);
        long oldFirst = file.u32(at + 0x0c);
        long oldBits = file.u32(at + 0x10);
        int oldHeader = is64 ? 0x28 : 0x20;
        if (fits(at + 0x38, newFirst, newBits)) {
            bitmap(at + 0x38, newBits, newFirst, file.u64(at + 0x28));
        } else if (fits(at + oldHeader, oldFirst, oldBits)) {
            bitmap(at + oldHeader, oldBits, oldFirst, file.u32(at + 0x14));
        } else {
            damagedBitmap(at, newFirst, newBits, oldFirst, oldBits, oldHeader);
        }
    }

    /** Whether a bitmap ends before the first page begins, with no more than some pages between. */
    private boolean fits(long bitmap, long first, long bits) {
        long bytes = (bits + 7) / 8;
        return bits > 0
                && bits <= Integer.MAX_VALUE * 8L
                && first >= bitmap
                && first <= file.size()
                && bytes <= first - bitmap
                && first - bitmap - bytes < 0x100000;
    }

    /** Takes what can be had: bits up to the first page or the end of the file. */
    private void damagedBitmap(
            long at, long newFirst, long newBits, long oldFirst, long oldBits, int oldHeader) {
        boolean isNew = newFirst > at + 0x38 && newFirst <= file.size();
        boolean isOld = !isNew && oldFirst > at + oldHeader && oldFirst <= file.size();
        if (!isNew && !isOld) {
            report(
                    "the bitmap claims "
                            + Long.toUnsignedString(newBits)
                            + " pages and its first page at 0x"
                            + Long.toHexString(newFirst)
                            + ": no page can be found");
            return;
        }
        long table = at + (isNew ? 0x38 : oldHeader);
        long first = isNew ? newFirst : oldFirst;
        long claimed = isNew ? newBits : oldBits;
        long room = (first - table) * 8;
        long bits = claimed <= 0 || claimed > room ? room : claimed;
        report(
                "the bitmap claims "
                        + Long.toUnsignedString(claimed)
                        + " pages, room before the first page is for "
                        + room
                        + ": "
                        + bits
                        + " are read");
        bitmap(table, Math.min(bits, Integer.MAX_VALUE * 8L), first, 0);
    }

    private void bitmap(long table, long bits, long first, long claimed) {
        layout = "bitmap of " + bits + " pages";
        tableOffset = table;
        dataOffset = first;
        Bytes map = file.slice(table, Math.min(first - table, (bits + 7) / 8));
        pages = PageBitmap.of(file, map, bits, first, claimed, problems);
    }

    /**
     * Dumps of running systems: u32 0x40, RDMP, DUMP, unused, u64 bytes of metadata, u64 offset of
     * the first page; 16 bytes on, pairs of u64 page number and count, up to a pair of zeros.
     */
    private void ranges() {
        long at = headerSize;
        if (!file.contains(at, 0x30)) {
            report("the header of the ranges is cut short");
            return;
        }
        long first = file.u64(at + 0x18);
        if (first < at + 0x30 || first > file.size()) {
            report("the first page is said to lie at 0x" + Long.toHexString(first));
            return;
        }
        var builder = new PageRuns.Builder(file, first, problems);
        long entry = at + 0x30;
        int count = 0;
        for (; entry + 16 <= first && count < MOST_RANGES; entry += 16, count++) {
            long page = file.u64(entry);
            long length = file.u64(entry + 8);
            if (page == 0 && length == 0) {
                break;
            }
            if (!builder.add(page, length)) {
                report("range " + count + " of pages is none: the rest is left out");
                break;
            }
        }
        layout = count + " ranges of pages";
        tableOffset = at + 0x30;
        dataOffset = first;
        pages = builder.build();
    }

    /** PHYSICAL_MEMORY_DESCRIPTOR in the header: number of runs, of pages, and the runs. */
    private void runs() {
        long at = is64 ? 0x88 : 0x64;
        int width = is64 ? 8 : 4;
        long table = at + 2L * width;
        long claimed = file.contains(0, headerSize) ? file.u32(at) : 0;
        if (claimed == FILL || claimed == 0) {
            return;
        }
        long most = (700 - 2L * width) / (2L * width);
        if (claimed > most) {
            report("the header claims " + claimed + " runs of pages, of which " + most + " fit");
        }
        var builder = new PageRuns.Builder(file, headerSize, problems);
        for (long i = 0; i < Math.min(claimed, most); i++) {
            long entry = table + i * 2 * width;
            long page = is64 ? file.u64(entry) : file.u32(entry);
            long length = is64 ? file.u64(entry + 8) : file.u32(entry + 4);
            if (!builder.add(page, length)) {
                report("run " + i + " of pages is none: the rest is left out");
                break;
            }
        }
        layout = Math.min(claimed, most) + " runs of pages";
        tableOffset = at;
        dataOffset = headerSize;
        pages = builder.build();
    }
}
