package oriel.kd.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two streams that know no timeouts: pipes and terminals. A daemon thread reads ahead, because a
 * blocked read of such a file cannot be ended.
 */
final class StreamTransport implements Transport {
    private static final byte[] END = {};
    private static final int PIECES = 64;

    private final String name;
    private final InputStream in;
    private final OutputStream out;
    private final Closeable[] more;
    private final ArrayBlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
    private byte[] piece = END;
    private int used;
    private boolean ended;
    private volatile @Nullable IOException failure;

    StreamTransport(String name, InputStream in, OutputStream out, Closeable... more) {
        this.name = name;
        this.in = in;
        this.out = out;
        this.more = more;
        Thread reader = new Thread(this::readAll, "oriel-kd-read " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll() {
        var buffer = new byte[1 << 13];
        try {
            try {
                for (int got; (got = in.read(buffer)) >= 0; ) {
                    if (got > 0) {
                        pieces.put(Arrays.copyOf(buffer, got));
                    }
                }
            } catch (IOException e) {
                failure = e;
            }
            pieces.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        if (used == piece.length && !ended) {
            try {
                byte[] next = pieces.poll(timeoutNanos, TimeUnit.NANOSECONDS);
                if (next == null) {
                    return 0;
                }
                piece = next;
                used = 0;
                ended = next.length == 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        if (ended) {
            return -1;
        }
        int part = Math.min(into.length, piece.length - used);
        System.arraycopy(piece, used, into, 0, part);
        used += part;
        return part;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        out.flush();
    }

    @Override
    public String trouble() {
        IOException e = failure;
        return e == null || e.getMessage() == null ? "" : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        pieces.clear();
        pieces.offer(END);
        for (Closeable each : more) {
            each.close();
        }
        out.close();
        // Closing the input of a terminal would wait for the read that is under way.
        if (more.length > 0) {
            in.close();
        }
    }
}
