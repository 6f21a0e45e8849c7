package oriel.kd.packet;

/** What a {@link PacketReader} finds. */
public interface PacketSink {
    /** A packet that is whole. */
    void packet(KdPacket packet);

    /** Something that began like a packet and was not one. */
    void damaged(String problem);

    /** Bytes between packets. The array is the reader's. */
    void noise(byte[] bytes, int offset, int length);

    /** From here on 0d 0a is read as 0a. */
    default void crlfFound() {}
}
