package oriel.testkit.kd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial line between two sockets: carries bytes both ways at a fixed speed, a few at a time as
 * serial ports do. Ends when a socket is closed.
 */
public final class PacedLine {
    /** What the buffer of a serial port holds. */
    private static final int PIECE = 16;

    private final long nanosPerByte;
    private final AtomicLong toNear = new AtomicLong();
    private final AtomicLong toFar = new AtomicLong();

    /** Joins two connected sockets. */
    public PacedLine(Socket near, Socket far, int bytesPerSecond) throws IOException {
        this.nanosPerByte = 1_000_000_000L / bytesPerSecond;
        carry(far.getInputStream(), near.getOutputStream(), toNear, "paced line to the near end");
        carry(near.getInputStream(), far.getOutputStream(), toFar, "paced line to the far end");
    }

    /** Bytes that have arrived at the near end. */
    public long carriedToNear() {
        return toNear.get();
    }

    /** Bytes that have arrived at the far end. */
    public long carriedToFar() {
        return toFar.get();
    }

    private void carry(InputStream in, OutputStream out, AtomicLong carried, String name) {
        Thread thread = new Thread(() -> carry(in, out, carried), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(InputStream in, OutputStream out, AtomicLong carried) {
        var piece = new byte[PIECE];
        try {
            long at = System.nanoTime();
            while (true) {
                boolean idle = in.available() == 0;
                int got = in.read(piece);
                if (got < 0) {
                    return;
                }
                // While bytes wait the line is never idle, however late this thread wakes up.
                at = (idle ? Math.max(at, System.nanoTime()) : at) + got * nanosPerByte;
                for (long left; (left = at - System.nanoTime()) > 0; ) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece, 0, got);
                carried.addAndGet(got);
            }
        } catch (IOException e) {
            // An end has been closed.
        }
    }
}
