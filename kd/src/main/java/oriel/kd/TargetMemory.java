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

    /** Not less than this is asked for at a time, however bad the line is. */
    private static final int SMALLEST_PIECE = 0x100;

    /** After so many pieces without damage a larger one is tried. */
    private static final int CALM_PIECES = 32;

    private final KdConnection connection;

    /** What the target gives at a time on a good line. */
    private int most;

    /** What is asked for at a time: less while the line damages packets. */
    private int piece;

    /** Pieces without damage since {@link #piece} changed, of all reads. */
    private int calm;

    /** Whether an answer may have been left open when less was asked for in its place. */
    private boolean skipped;

    /** Packets that were damaged before the pieces that are read now. */
    private long damaged;

    TargetMemory(KdConnection connection) {
        this.connection = connection;
        this.most =
                connection.transport().framing() == Framing.STREAM ? STREAM_PIECE : DATAGRAM_PIECE;
        this.piece = most;
    }

    /** Long packets suffer more from a bad line than short ones. */
    private void fitToLine(int pieces) {
        long now = connection.statistics().damaged();
        if (now != damaged) {
            piece = Math.min(piece, Math.max(SMALLEST_PIECE, piece / 2));
            calm = 0;
        } else if (piece < most) {
            calm += pieces;
            if (calm >= CALM_PIECES) {
                piece = Math.min(most, 2 * piece);
                calm = 0;
            }
        }
        damaged = now;
    }

    /** Reads up to the first byte that is not there; addresses as they go over the wire. */
    int read(boolean physical, long address, byte[] into, int offset, int length, int processor) {
        int done = 0;
        boolean careful = false;
        damaged = connection.statistics().damaged();
        while (done < length) {
            long at = address + done;
            int part = careful ? Math.min(length - done, toPage(at)) : length - done;
            var run = new Run(physical, at, part, into, offset + done);
            int got = run.read(processor);
            fitToLine(run.pieces);
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

    /**
     * Pieces that follow each other, up to the first that is not all there or shows that the line
     * has changed.
     */
    private final class Run implements Sequence {
        private final boolean physical;
        private final long address;
        private final int length;
        private final byte[] into;
        private final int offset;

        /** Bytes of whole pieces. */
        int taken;

        /** Bytes asked for last. */
        int want;

        int pieces = 1;

        Run(boolean physical, long address, int length, byte[] into, int offset) {
            this.physical = physical;
            this.address = address;
            this.length = length;
            this.into = into;
            this.offset = offset;
        }

        /** Reads. Returns how many bytes of the last piece came. */
        int read(int processor) {
            boolean many = length >= MANY_PIECES * piece;
            ManipulateReply reply = connection.request(ask(0), processor, many, this);
            Bytes data = reply.data(reply.union().u32(12), want);
            int got = (int) data.size();
            if (reply.isSuccess() && got > 0 && got < want && got < piece) {
                // The target sends less at a time than this. On a bad line it may also be an old
                // answer, to which it must not be held for good.
                piece = Math.max(SMALLEST_PIECE, got);
                boolean sure = !skipped && connection.statistics().damaged() == damaged;
                most = sure ? piece : most;
            }
            data.copy(0, into, offset + taken, got);
            return got;
        }

        private ManipulateRequest ask(int at) {
            want = Math.min(length - at, piece);
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
            boolean changed =
                    connection.statistics().damaged() != damaged
                            || piece < most && calm + pieces >= CALM_PIECES;
            int next = taken + want;
            if (!whole || changed || next >= length) {
                return Optional.empty();
            }
            pieces++;
            return Optional.of(ask(next));
        }

        @Override
        public void take(ManipulateReply answer) {
            answer.data().copy(0, into, offset + taken, piece);
            taken += piece;
        }

        @Override
        public boolean canAskLess() {
            return want > SMALLEST_PIECE;
        }

        @Override
        public ManipulateRequest less() {
            piece = Math.max(SMALLEST_PIECE, want / 2);
            skipped = true;
            connection.noticeBadLine();
            return ask(taken);
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
