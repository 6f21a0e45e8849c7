package oriel.model;

/** Memory that was wanted whole could not be read whole. */
public final class MemoryReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long va;
    private final int wanted;
    private final int got;

    /**
     * @param va first address wanted
     * @param wanted bytes wanted
     * @param got bytes that could be read from the front
     */
    public MemoryReadException(long va, int wanted, int got) {
        super(
                "memory at 0x"
                        + Long.toHexString(va)
                        + ": "
                        + wanted
                        + " bytes wanted, "
                        + got
                        + " readable");
        this.va = va;
        this.wanted = wanted;
        this.got = got;
    }

    /** First address wanted. */
    public long va() {
        return va;
    }

    /** Bytes wanted. */
    public int wanted() {
        return wanted;
    }

    /** Bytes that could be read from the front. */
    public int got() {
        return got;
    }
}
