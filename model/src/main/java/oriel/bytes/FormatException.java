package oriel.bytes;

/** Bytes that do not have the form they claim: says which file, where in it, and what is wrong. */
public final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final long offset;
    private final String problem;

    /**
     * @param source name of the file or array, as shown to a user
     * @param offset byte offset within the source at which the problem shows
     * @param problem what is wrong, in words a user can act on
     */
    public FormatException(String source, long offset, String problem) {
        this.source = source;
        this.offset = offset;
        this.problem = problem;
    }

    /** File, offset and problem in one line; never null, unlike the message of other exceptions. */
    @Override
    public String getMessage() {
        return source + "+0x" + Long.toHexString(offset) + ": " + problem;
    }

    /** Name of the file or array. */
    public String source() {
        return source;
    }

    /** Byte offset within the source. */
    public long offset() {
        return offset;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
