package oriel.kd.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel on a thread of its own that may wait for ever. A read with a time limit costs two
 * more calls of the system than one without, which is a sixth of the time that a target on the same
 * machine needs for an answer. The thread that asked waits meanwhile, so that only one of them ever
 * works; when nothing comes it goes on alone, and gets what comes after all from {@link #takeLate}.
 */
final class UntimedReader {
    private static final int NOTHING = 0;

    private final String name;
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 14);
    private final byte[] bytes = new byte[1 << 14];
    private @Nullable Thread thread;

    /** Whether the thread reads, or is about to. */
    private boolean reading;

    private Transport.@Nullable Sink sink;
    private @Nullable RuntimeException thrown;
    private long arrivals;

    /** What a read brought when nobody listened any more: bytes in the array, or negative. */
    private int late;

    private @Nullable IOException failure;
    private boolean closed;

    UntimedReader(String name, SocketChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    /** See {@link Transport#pour}. */
    synchronized void pour(Transport.Sink into, long quietNanos) {
        if (reading || late != NOTHING || failure != null || closed) {
            return;
        }
        if (thread == null) {
            Thread started = new Thread(this::run, "oriel-kd-read " + name);
            started.setDaemon(true);
            started.start();
            thread = started;
        }
        sink = into;
        reading = true;
        notifyAll();
        long millis = quietNanos / 1_000_000 + 1;
        long seen = arrivals;
        while (sink != null) {
            pause(millis);
            if (arrivals == seen) {
                sink = null;
            }
            seen = arrivals;
        }
        RuntimeException problem = thrown;
        if (problem != null) {
            thrown = null;
            throw problem;
        }
    }

    /**
     * What came after nobody listened any more; waits for it while the thread still reads.
     *
     * @return empty when there is no such read
     */
    synchronized OptionalInt takeLate(byte[] into, long timeoutNanos) throws IOException {
        if (reading && !closed && timeoutNanos > 0) {
            pause(timeoutNanos / 1_000_000 + 1);
        }
        if (closed) {
            // The thread may have ended before it read, and then nobody else says so.
            throw new ClosedChannelException();
        }
        IOException problem = failure;
        if (problem != null) {
            failure = null;
            throw problem;
        }
        int got = late;
        if (got == NOTHING) {
            return reading ? OptionalInt.of(0) : OptionalInt.empty();
        }
        if (got < 0) {
            return OptionalInt.of(got);
        }
        int part = Math.min(got, into.length);
        System.arraycopy(bytes, 0, into, 0, part);
        System.arraycopy(bytes, part, bytes, 0, got - part);
        late = got - part;
        return OptionalInt.of(part);
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sink = null;
        }
    }

    private void run() {
        while (isWanted()) {
            try {
                buffer.clear();
                arrived(channel.read(buffer));
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    private synchronized boolean isWanted() {
        while (!reading && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return false;
            }
        }
        return !closed;
    }

    private synchronized void arrived(int count) {
        if (count > 0) {
            buffer.flip();
            buffer.get(bytes, 0, count);
            arrivals++;
        }
        Transport.Sink to = sink;
        if (to != null && count >= 0) {
            try {
                if (to.accept(bytes, count)) {
                    return;
                }
            } catch (RuntimeException e) {
                thrown = e;
            }
        } else {
            late = count;
        }
        sink = null;
        reading = false;
        notifyAll();
    }

    private synchronized void failed(IOException e) {
        failure = e;
        sink = null;
        reading = false;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
