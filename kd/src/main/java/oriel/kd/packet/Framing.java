package oriel.kd.packet;

/** What carries the packets. */
public enum Framing {
    /**
     * Bytes one after the other: serial lines, pipes, TCP. A data packet ends in 0xAA; ids
     * alternate.
     */
    STREAM,

    /** One packet in each datagram: KDNET. Nothing follows the body; ids grow by two. */
    DATAGRAM
}
