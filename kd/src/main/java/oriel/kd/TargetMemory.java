package oriel.kd;

import java.util.Arrays;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.kd.packet.Framing;
import oriel.kd.protocol.ManipulateReply;
import oriel.kd.protocol.ManipulateRequest;
import oriel.kd.protocol.MemoryRequest.Caching;
import oriel.kd.protocol.MemoryRequest.ReadPhysical;
import oriel.kd.protocol.MemoryRequest.ReadVirtual;
import oriel.kd.protocol.MemoryRequest.WritePhysical;
import oriel.kd.protocol.MemoryRequest.WriteVirtual;

/**
 * Reads and writes of any size, in pieces that fit into packets. Where a piece that spans pages
 * fails, its pages are tried one by one, so that what is there in front of a hole is found.
 */
final class TargetMemory {
    private static final int PAGE = 0x1000;
    private static final int STREAM_PIECE = 4000 - ManipulateRequest.HEADER;

    /** What fits into one datagram of an Ethernet with the frame around it. */
    private static final int DATAGRAM_PIECE = 0x480;

    private final KdConnection connection;
    private int piece;

    TargetMemory(KdConnection connection) {
        this.connection = connection;
        this.piece =
                connection.transport().framing() == Framing.STREAM ? STREAM_PIECE : DATAGRAM_PIECE;
    }

    /** Reads up to the first byte that is not there; addresses as they go over the wire. */
    int read(boolean physical, long address, byte[] into, int offset, int length, int processor) {
        int done = 0;
        boolean careful = false;
        while (done < length) {
            long at = address + done;
            int want = Math.min(length - done, piece);
            int toPage = (int) (PAGE - (at & (PAGE - 1)));
            if (careful) {
                want = Math.min(want, toPage);
            }
            int left = length - done - want;
            int got = piece(physical, at, want, left, into, offset + done, processor);
            done += got;
            if (got == want) {
                careful = false;
            } else if (got == 0) {
                if (want <= toPage) {
                    break;
                }
                careful = true;
            }
        }
        return done;
    }

    private static ManipulateRequest read(boolean physical, long address, int count) {
        return physical
                ? new ReadPhysical(address, count, Caching.DEFAULT)
                : new ReadVirtual(address, count);
    }

    /**
     * Reads one piece. When all of it is there, as a rule, the next one is asked for before this
     * one is looked at.
     *
     * @param left what is wanted after it
     */
    private int piece(
            boolean physical,
            long address,
            int want,
            int left,
            byte[] into,
            int offset,
            int processor) {
        ManipulateReply reply =
                connection.request(
                        read(physical, address, want),
                        processor,
                        answer ->
                                left > 0
                                                && want == piece
                                                && answer.isSuccess()
                                                && answer.data().size() == want
                                                && answer.union().u32(12) == want
                                        ? Optional.of(
                                                read(
                                                        physical,
                                                        address + want,
                                                        Math.min(left, piece)))
                                        : Optional.empty());
        Bytes data = reply.data(reply.union().u32(12), want);
        int got = (int) data.size();
        if (reply.isSuccess() && got > 0 && got < want && got < piece) {
            // The target sends less at a time than this.
            piece = Math.max(0x100, got);
        }
        data.copy(0, into, offset, got);
        return got;
    }

    /** Writes as far as it goes. Returns how many bytes. */
    int write(boolean physical, long address, byte[] bytes, int processor) {
        int done = 0;
        while (done < bytes.length) {
            long at = address + done;
            int toPage = (int) (PAGE - (at & (PAGE - 1)));
            int part = Math.min(Math.min(bytes.length - done, piece), toPage);
            byte[] data = Arrays.copyOfRange(bytes, done, done + part);
            ManipulateReply reply =
                    connection.request(
                            physical
                                    ? new WritePhysical(at, data, Caching.DEFAULT)
                                    : new WriteVirtual(at, data),
                            processor);
            int wrote = (int) Math.min(part, reply.union().u32(12));
            done += wrote;
            if (!reply.isSuccess() || wrote == 0) {
                break;
            }
        }
        return done;
    }
}
