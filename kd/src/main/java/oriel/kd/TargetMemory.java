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

    /** From so many on it is worth while to wait for answers without time limits. */
    private static final int MANY_PIECES = 16;

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
            int most = careful ? Math.min(length - done, toPage(at)) : length - done;
            var run = new Run(physical, at, most, into, offset + done);
            int got = run.read(processor);
            done += run.taken + got;
            if (got == run.want) {
                careful = false;
            } else if (got == 0) {
                if (run.want <= toPage(address + done)) {
                    break;
                }
                careful = true;
            }
        }
        return done;
    }

    private static int toPage(long address) {
        return (int) (PAGE - (address & (PAGE - 1)));
    }

    /** Pieces that follow each other, up to the first that is not all there. */
    private final class Run implements KdConnection.Sequence {
        private final boolean physical;
        private final long address;
        private final int most;
        private final byte[] into;
        private final int offset;

        /** Bytes of whole pieces. */
        int taken;

        /** Bytes asked for last. */
        int want;

        Run(boolean physical, long address, int most, byte[] into, int offset) {
            this.physical = physical;
            this.address = address;
            this.most = most;
            this.into = into;
            this.offset = offset;
        }

        /** Reads. Returns how many bytes of the last piece came. */
        int read(int processor) {
            boolean many = most >= MANY_PIECES * piece;
            ManipulateReply reply = connection.request(ask(0), processor, many, this);
            Bytes data = reply.data(reply.union().u32(12), want);
            int got = (int) data.size();
            if (reply.isSuccess() && got > 0 && got < want && got < piece) {
                // The target sends less at a time than this.
                piece = Math.max(0x100, got);
            }
            data.copy(0, into, offset + taken, got);
            return got;
        }

        private ManipulateRequest ask(int at) {
            want = Math.min(most - at, piece);
            return physical
                    ? new ReadPhysical(address + at, want, Caching.DEFAULT)
                    : new ReadVirtual(address + at, want);
        }

        @Override
        public Optional<ManipulateRequest> following(ManipulateReply answer) {
            boolean whole =
                    want == piece
                            && answer.isSuccess()
                            && answer.data().size() == want
                            && answer.union().u32(12) == want;
            int next = taken + want;
            return whole && next < most ? Optional.of(ask(next)) : Optional.empty();
        }

        @Override
        public void take(ManipulateReply answer) {
            answer.data().copy(0, into, offset + taken, piece);
            taken += piece;
        }
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
