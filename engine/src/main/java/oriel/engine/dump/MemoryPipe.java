package oriel.engine.dump;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import oriel.model.AddressRange;

/**
 * Passes memory into a file: the caller's thread reads a piece while another thread writes those
 * before it. For one use by one thread.
 */
final class MemoryPipe {
    /** Large: each read of a process and each write of a file costs a change of program or two. */
    private static final int PIECE = 1 << 20;

    private static final int PIECES = 4;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    /** Reads from an address until a buffer is full, whatever is there. */
    @FunctionalInterface
    interface Source {
        void fill(long va, ByteBuffer into);
    }

    private final FileChannel channel;
    private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(PIECES);

    /** Has room for all pieces and the end, so that adding never waits. */
    private final BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(PIECES + 1);

    private volatile @Nullable IOException failure;

    MemoryPipe(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Writes the contents of ranges one after another, from where the file is.
     *
     * @param progress told the bytes read so far
     */
    void pass(List<AddressRange> ranges, Source source, LongConsumer progress) throws IOException {
        var writer = new Thread(this::writeAll, "oriel-dump");
        writer.setDaemon(true);
        writer.start();
        try {
            readAll(ranges, source, progress);
            full.add(END);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing a dump");
        } finally {
            // Harmless where it has ended; else it would write into a file that is closed.
            writer.interrupt();
        }
        check();
    }

    private void readAll(List<AddressRange> ranges, Source source, LongConsumer progress)
            throws IOException, InterruptedException {
        ByteBuffer piece = nextPiece(0);
        int pieces = 1;
        long done = 0;
        for (AddressRange range : ranges) {
            long va = range.start();
            long left = range.sizeBytes();
            while (left > 0) {
                if (piece.position() == PIECE) {
                    full.add(piece.flip());
                    piece = nextPiece(pieces++);
                    progress.accept(done);
                }
                int part = (int) Math.min(PIECE - piece.position(), left);
                source.fill(va, piece.limit(piece.position() + part));
                va += part;
                left -= part;
                done += part;
            }
        }
        full.add(piece.flip());
        progress.accept(done);
    }

    private ByteBuffer nextPiece(int before) throws IOException, InterruptedException {
        check();
        return before < PIECES ? ByteBuffer.allocateDirect(PIECE) : empty.take().clear();
    }

    private void check() throws IOException {
        IOException problem = failure;
        if (problem != null) {
            throw problem;
        }
    }

    private void writeAll() {
        try {
            for (ByteBuffer piece = full.take(); piece != END; piece = full.take()) {
                // After a failure pieces still go round, so that the reader gets to see it.
                while (failure == null && piece.hasRemaining()) {
                    write(piece);
                }
                empty.add(piece);
            }
        } catch (InterruptedException e) {
            // The reader has given up, and says why.
            Thread.currentThread().interrupt();
        }
    }

    private void write(ByteBuffer piece) {
        try {
            channel.write(piece);
        } catch (IOException e) {
            failure = e;
        }
    }
}
