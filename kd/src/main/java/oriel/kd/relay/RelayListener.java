package oriel.kd.relay;

/** Told what a {@link Relay} does. Called by both of its threads, one at a time. */
public interface RelayListener {
    /**
     * Bytes as they are sent on, just before: an answer is told after its question.
     *
     * @param nanos since the relay began
     */
    void passed(Direction direction, long nanos, byte[] bytes);

    /** A direction turns 0d 0a into 0a from here on. */
    default void crlfFound(Direction direction) {}

    /** An end of the relay has gone. */
    default void ended(Direction direction, String why) {}
}
