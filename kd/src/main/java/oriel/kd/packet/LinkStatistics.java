package oriel.kd.packet;

import java.util.Arrays;

/** What went over a line so far. For the thread of its {@link PacketLink}. */
public final class LinkStatistics {
    private static final int NOISE_KEPT = 256;

    private final byte[] noise = new byte[NOISE_KEPT];
    private int noiseKept;
    long bytes;
    long packets;
    long damaged;
    long duplicates;
    long resent;
    long noiseBytes;
    long resets;
    long acknowledgements;
    String lastProblem = "";

    LinkStatistics() {}

    void addNoise(byte[] from, int offset, int length) {
        noiseBytes += length;
        int part = Math.min(length, NOISE_KEPT - noiseKept);
        System.arraycopy(from, offset, noise, noiseKept, part);
        noiseKept += part;
    }

    /** Bytes received. */
    public long bytes() {
        return bytes;
    }

    /** Whole packets received, control packets included. */
    public long packets() {
        return packets;
    }

    /** Damaged packets received. */
    public long damaged() {
        return damaged;
    }

    /** Data packets received once more. */
    public long duplicates() {
        return duplicates;
    }

    /** Data packets sent once more. */
    public long resent() {
        return resent;
    }

    /** Bytes received that belong to no packet. */
    public long noiseBytes() {
        return noiseBytes;
    }

    /** The first bytes that belong to no packet, at most 256. */
    public byte[] noise() {
        return Arrays.copyOf(noise, noiseKept);
    }

    /**
     * Whether nothing has come but what a host sends: targets send no break-ins, and more than
     * resets.
     */
    public boolean isEcho() {
        return packets == resets && noiseKept > 0 && noise[0] == KdPacket.BREAK_IN;
    }

    /** Acknowledgements received. */
    public long acknowledgements() {
        return acknowledgements;
    }

    /** What was wrong with the last damaged packet; may be empty. */
    public String lastProblem() {
        return lastProblem;
    }
}
