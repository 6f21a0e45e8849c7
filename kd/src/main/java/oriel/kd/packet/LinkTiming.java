package oriel.kd.packet;

/**
 * How patient a {@link PacketLink} is.
 *
 * @param acknowledgeNanos how long to wait for an acknowledgement before sending again
 * @param quietNanos how long the line may be quiet within a packet
 * @param attempts how often a packet is sent before the line counts as dead
 */
public record LinkTiming(long acknowledgeNanos, long quietNanos, int attempts) {
    /** For lines without delay of their own. */
    public static final LinkTiming DEFAULT = new LinkTiming(1_000_000_000L, 250_000_000L, 8);

    /** For a serial line: a packet of the largest size takes its time. */
    public static LinkTiming ofBaud(int baud) {
        long packet = 4100L * 10 * 1_000_000_000L / Math.max(300, baud);
        return new LinkTiming(
                DEFAULT.acknowledgeNanos + packet, DEFAULT.quietNanos, DEFAULT.attempts);
    }
}
