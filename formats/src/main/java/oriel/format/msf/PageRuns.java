package oriel.format.msf;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import oriel.bytes.Bytes;

/** A stream of pages; neighbours in the file are one run, so a stream in order is one slice. */
final class PageRuns implements Runs {
    private final Bytes file;
    private final long[] starts;
    private final long[] fileOffsets;
    private final long size;

    private PageRuns(Bytes file, long[] starts, long[] fileOffsets, long size) {
        this.file = file;
        this.starts = starts;
        this.fileOffsets = fileOffsets;
        this.size = size;
    }

    /**
     * @param pages number of pages, checked against the bytes of the list
     * @param page the page number at each position
     * @param size bytes of the stream, at most what the pages hold
     */
    static PageRuns of(Bytes file, int pageSize, int pages, IntToLongFunction page, long size) {
        var starts = new long[Math.min(pages, 8)];
        var offsets = new long[starts.length];
        int count = 0;
        long expected = -1;
        for (int i = 0; i < pages; i++) {
            long offset = page.applyAsLong(i) * pageSize;
            if (offset != expected) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                    offsets = Arrays.copyOf(offsets, count * 2);
                }
                starts[count] = (long) i * pageSize;
                offsets[count++] = offset;
            }
            expected = offset + pageSize;
        }
        return new PageRuns(
                file, Arrays.copyOf(starts, count), Arrays.copyOf(offsets, count), size);
    }

    @Override
    public Run at(long offset) {
        int found = Arrays.binarySearch(starts, offset);
        int run = found >= 0 ? found : -found - 2;
        long start = starts[run];
        long end = run + 1 < starts.length ? starts[run + 1] : size;
        long there = file.size() - fileOffsets[run];
        if (there <= offset - start) {
            throw file.error(
                    file.size(),
                    "page 0x"
                            + Long.toHexString(fileOffsets[run] + offset - start)
                            + " is missing");
        }
        end = Math.min(end, start + there);
        return new Run(start, end, file.slice(fileOffsets[run], end - start));
    }
}
