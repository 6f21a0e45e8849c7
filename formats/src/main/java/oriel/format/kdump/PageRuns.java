package oriel.format.kdump;

import java.util.Arrays;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.model.Diagnostic;

/**
 * Runs of pages, whose bytes follow each other in the file in the order of the runs: the
 * PHYSICAL_MEMORY_DESCRIPTOR of complete dumps, and the ranges of dumps of running systems.
 */
final class PageRuns implements PhysicalPages {
    private final long[] first;
    private final long[] pages;
    private final long[] offsets;
    private final int runs;
    private final long count;

    private PageRuns(long[] first, long[] pages, long[] offsets, int runs, long count) {
        this.first = first;
        this.pages = pages;
        this.offsets = offsets;
        this.runs = runs;
        this.count = count;
    }

    @Override
    public long fileOffset(long page) {
        int low = 0;
        int high = runs - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (first[middle] <= page) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        boolean within = high >= 0 && page - first[high] < pages[high];
        return within ? offsets[high] + (page - first[high]) * PAGE_BYTES : -1;
    }

    @Override
    public long count() {
        return count;
    }

    /** Collects runs; those that overlap earlier ones lose what they share with them. */
    static final class Builder {
        /** Page numbers of physical addresses of 52 bits, and more room than that. */
        private static final long HIGHEST_PAGE = 1L << 48;

        private final Bytes file;
        private final Consumer<Diagnostic> problems;
        private long[] first = new long[16];
        private long[] pages = new long[16];
        private long[] offsets = new long[16];
        private int runs;
        private long at;
        private long missing;

        Builder(Bytes file, long dataOffset, Consumer<Diagnostic> problems) {
            this.file = file;
            this.at = dataOffset;
            this.problems = problems;
        }

        /** Adds the run whose bytes come next; false when it cannot be one. */
        boolean add(long firstPage, long pageCount) {
            if (firstPage < 0
                    || pageCount < 0
                    || firstPage > HIGHEST_PAGE
                    || pageCount > HIGHEST_PAGE) {
                return false;
            }
            long there = at >= file.size() ? 0 : (file.size() - at) / PAGE_BYTES;
            long kept = Math.min(pageCount, there);
            missing += pageCount - kept;
            if (kept > 0) {
                if (runs == first.length) {
                    first = Arrays.copyOf(first, runs * 2);
                    pages = Arrays.copyOf(pages, runs * 2);
                    offsets = Arrays.copyOf(offsets, runs * 2);
                }
                first[runs] = firstPage;
                pages[runs] = kept;
                offsets[runs++] = at;
            }
            // Further runs behind the end of any file stay there.
            at = Math.min(at + pageCount * PAGE_BYTES, Long.MAX_VALUE / 4);
            return true;
        }

        PhysicalPages build() {
            if (missing > 0) {
                problems.accept(
                        new Diagnostic(
                                "physical memory",
                                missing + " pages are behind the end of the file"));
            }
            sort();
            long lost = cutOverlaps();
            if (lost > 0) {
                problems.accept(
                        new Diagnostic(
                                "physical memory",
                                lost + " pages are in more than one run: the first counts"));
            }
            long count = 0;
            for (int i = 0; i < runs; i++) {
                count += pages[i];
            }
            return new PageRuns(first, pages, offsets, runs, count);
        }

        private void sort() {
            Integer[] order = new Integer[runs];
            boolean sorted = true;
            for (int i = 0; i < runs; i++) {
                order[i] = i;
                sorted &= i == 0 || first[i - 1] <= first[i];
            }
            if (sorted) {
                return;
            }
            Arrays.sort(order, (a, b) -> Long.compare(first[a], first[b]));
            long[][] old = {first, pages, offsets};
            first = new long[runs];
            pages = new long[runs];
            offsets = new long[runs];
            for (int i = 0; i < runs; i++) {
                first[i] = old[0][order[i]];
                pages[i] = old[1][order[i]];
                offsets[i] = old[2][order[i]];
            }
        }

        private long cutOverlaps() {
            long lost = 0;
            int kept = 0;
            for (int i = 0; i < runs; i++) {
                long end = kept == 0 ? 0 : first[kept - 1] + pages[kept - 1];
                long cut = Math.min(pages[i], Math.max(0, end - first[i]));
                lost += cut;
                if (cut < pages[i]) {
                    first[kept] = first[i] + cut;
                    pages[kept] = pages[i] - cut;
                    offsets[kept++] = offsets[i] + cut * PAGE_BYTES;
                }
            }
            runs = kept;
            return lost;
        }
    }
}
