package oriel.format.pe;

/**
 * Limits the text that one table may yield. A hostile table points a million entries at the same
 * long name; real tables have each name once. Not for several threads.
 */
final class NameBudget {
    private static final int LONGEST = 1 << 16;
    private static final int FACTOR = 16;

    private long left;

    /**
     * @param sizeBytes of the file or image that holds the names
     */
    NameBudget(long sizeBytes) {
        left = LONGEST + FACTOR * sizeBytes;
    }

    /** How many bytes the next name may have; 0 when there was too much already. */
    int limit() {
        return (int) Math.min(left, LONGEST);
    }

    /** Counts a name that was read. */
    String spend(String name) {
        left = Math.max(0, left - name.length() - 1);
        return name;
    }
}
