package oriel.kd.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import oriel.kd.packet.LinkTiming;

/** Opens a line again when its other end has gone: a virtual machine that starts anew. */
final class ReconnectingTransport implements Transport {
    private static final long PAUSE_NANOS = 250_000_000L;

    /** Opens a line. */
    interface Opener {
        Transport open() throws IOException;
    }

    private final Opener opener;
    private final String name;
    private volatile @Nullable Transport line;
    private volatile boolean closed;
    private volatile int generation;
    private volatile String trouble = "";
    private long openedAt;
    private LinkTiming timing = LinkTiming.DEFAULT;
    private int readAhead = 1024;

    /** A line that is there from the beginning, or comes later. */
    ReconnectingTransport(String name, Opener opener) {
        this.opener = opener;
        this.name = name;
        open();
    }

    private boolean open() {
        openedAt = System.nanoTime();
        try {
            Transport opened = opener.open();
            timing = opened.timing();
            readAhead = opened.readAhead();
            generation++;
            trouble = "";
            line = opened;
            if (closed) {
                // Meanwhile, by another thread that saw no line.
                opened.close();
            }
            return true;
        } catch (IOException e) {
            trouble = e.getMessage() == null ? "cannot be opened" : e.getMessage();
            return false;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] into, long timeoutNanos) throws IOException {
        if (closed) {
            return -1;
        }
        Transport now = line;
        if (now == null) {
            long early = PAUSE_NANOS - (System.nanoTime() - openedAt);
            if (early > 0) {
                pause(Math.min(timeoutNanos, early));
            } else {
                open();
            }
            return 0;
        }
        int got;
        try {
            got = now.read(into, timeoutNanos);
        } catch (IOException e) {
            trouble = e.getMessage() == null ? "" : e.getMessage();
            got = -1;
        }
        if (got < 0) {
            line = null;
            now.close();
            return 0;
        }
        return got;
    }

    private static void pause(long nanos) {
        try {
            Thread.sleep(nanos / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void pour(Sink sink, long quietNanos) {
        Transport now = line;
        if (now != null) {
            now.pour(sink, quietNanos);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Transport now = line;
        if (now == null) {
            return;
        }
        try {
            now.write(bytes, offset, length);
        } catch (IOException e) {
            trouble = e.getMessage() == null ? "" : e.getMessage();
            // The next read finds the end and opens the line again.
        }
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public boolean isConnected() {
        return line != null;
    }

    @Override
    public LinkTiming timing() {
        return timing;
    }

    @Override
    public int readAhead() {
        return readAhead;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        Transport now = line;
        line = null;
        if (now != null) {
            now.close();
        }
    }
}
