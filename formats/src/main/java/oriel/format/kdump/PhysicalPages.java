package oriel.format.kdump;

/** Where each physical page lies in a dump. Immutable, safe for any thread. */
public interface PhysicalPages {
    /** Bytes of a page in every kernel dump. */
    int PAGE_BYTES = 4096;

    /** No page at all. */
    PhysicalPages NONE =
            new PhysicalPages() {
                @Override
                public long fileOffset(long page) {
                    return -1;
                }

                @Override
                public long count() {
                    return 0;
                }
            };

    /**
     * Where a page begins in the file, or -1 when the dump does not hold it.
     *
     * @param page page number: physical address divided by {@value #PAGE_BYTES}
     */
    long fileOffset(long page);

    /** Pages that are in the file. */
    long count();
}
