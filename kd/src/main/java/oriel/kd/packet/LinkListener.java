package oriel.kd.packet;

/** What a {@link PacketLink} tells. Called from within the calls that feed it. */
public interface LinkListener {
    /** A data packet that has not been seen before. It has been acknowledged. */
    void received(KdPacket packet);

    /** What was sent last has arrived. */
    void acknowledged();

    /**
     * The other side has begun anew: packets received before may come again, and what was asked
     * before may not be answered. What was being sent is dropped.
     *
     * @param asked whether this answers a reset of ours
     */
    void peerReset(boolean asked);

    /** A data packet that came while a reset is not answered; usually it comes once more. */
    void receivedBeforeReset(KdPacket packet);

    /** What was sent last was sent so often without an answer that the line must be dead. */
    void givenUp(int attempts);

    /** The line turns 0a into 0d 0a; from here on that is undone. */
    default void crlfFound() {}
}
