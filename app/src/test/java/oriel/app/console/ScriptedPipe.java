package oriel.app.console;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** A pipe that a test writes into, and whose reader a test can hold up. */
final class ScriptedPipe extends InputStream {
    private final Deque<Byte> bytes = new ArrayDeque<>();
    private boolean closed;
    private boolean held;

    synchronized void write(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b);
        }
        notifyAll();
    }

    synchronized void end() {
        closed = true;
        notifyAll();
    }

    /** Whether what has been written reaches its reader. */
    synchronized void hold(boolean whether) {
        held = whether;
        notifyAll();
    }

    @Override
    public synchronized int available() {
        return bytes.size();
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        while (held || bytes.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        int count = Math.min(length, bytes.size());
        for (int i = 0; i < count; i++) {
            into[offset + i] = bytes.remove();
        }
        return count == 0 ? -1 : count;
    }
}
