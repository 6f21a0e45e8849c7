package oriel.engine.session;

/** What an instruction does with memory. */
public enum Access {
    READ,
    WRITE,
    /** Either of the two. */
    ACCESS,
    EXECUTE;

    /** Whether a watch for this is to be told of {@code done}. */
    boolean wants(Access done) {
        return this == done || this == ACCESS && done != EXECUTE;
    }
}
