package oriel.kd.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.CrlfFilter;
import oriel.kd.packet.KdPacket;
import oriel.kd.packet.PacketReader;
import oriel.kd.packet.PacketSink;
import oriel.kd.transport.Transport;

/**
 * Joins two lines, each direction on a thread of its own. No byte is lost or made up, except that
 * 0d 0a becomes 0a where that is wanted. Keeps nothing of what passes.
 */
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 1 << 14;
    private static final long PAUSE_MILLIS = 20;
    private static final long WAIT = 200_000_000L;

    /**
     * A 0d at the end of what came waits so long for the byte after it. No packet ends in 0d, so
     * that only what is no packet ever waits; while a line that stalls must not part 0d and 0a.
     */
    private static final long HOLD = 500_000_000L;

    /** So long at most what an end that still speaks has sent is carried after the other's end. */
    private static final long DRAIN = 2_000_000_000L;

    private final Transport a;
    private final Transport b;
    private final RelayListener listener;
    private final Thread[] threads;
    private final CountDownLatch running = new CountDownLatch(1);
    private final AtomicLong[] counts = {new AtomicLong(), new AtomicLong()};
    private long start;
    private volatile long closedAt;
    private volatile boolean closed;

    /**
     * @param fromA what to do about 0d 0a that comes from the first line
     * @param fromB the same for the second line
     */
    public Relay(Transport a, Transport b, Crlf fromA, Crlf fromB, RelayListener listener) {
        this.a = a;
        this.b = b;
        this.listener = listener;
        this.threads =
                new Thread[] {
                    new Thread(() -> carry(Direction.A_TO_B, fromA), "oriel-relay a to b"),
                    new Thread(() -> carry(Direction.B_TO_A, fromB), "oriel-relay b to a")
                };
    }

    /** Begins. */
    public Relay start() {
        start = System.nanoTime();
        for (Thread thread : threads) {
            thread.setDaemon(true);
            thread.start();
        }
        return this;
    }

    /** Waits until an end has gone, and what came before it has been sent on. */
    public void await() throws InterruptedException {
        running.await();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Bytes sent on so far. */
    public long count(Direction direction) {
        return counts[direction.ordinal()].get();
    }

    private void carry(Direction direction, Crlf crlf) {
        Transport from = direction == Direction.A_TO_B ? a : b;
        Transport to = direction == Direction.A_TO_B ? b : a;
        var way = new Way(direction, crlf);
        // The first position is for the byte that the filter holds.
        var buffer = new byte[BUFFER + 1];
        var input = new byte[BUFFER];
        String why = "";
        try {
            while (true) {
                boolean ending = closed;
                if (ending && System.nanoTime() - closedAt > DRAIN) {
                    break;
                }
                if (!ending && from.isConnected() && !to.isConnected()) {
                    // Nothing is taken that could not be sent on.
                    Thread.sleep(PAUSE_MILLIS);
                    continue;
                }
                // What an end sent before it went may be noticed after a write to it has failed.
                int got = from.read(input, ending ? 0 : way.isHolding() ? HOLD : WAIT);
                if (got < 0) {
                    why = from.name() + ": the other end has gone";
                    way.finish(to);
                    break;
                }
                if (got == 0) {
                    way.finish(to);
                    if (ending) {
                        break;
                    }
                    continue;
                }
                System.arraycopy(input, 0, buffer, 1, got);
                way.pass(buffer, got, to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            why = e.getMessage() == null ? "the line is broken" : e.getMessage();
        }
        synchronized (listener) {
            if (!closed) {
                closedAt = System.nanoTime();
                closed = true;
                listener.ended(direction, why);
            }
        }
        running.countDown();
    }

    @Override
    public void close() {
        closedAt = System.nanoTime();
        closed = true;
        running.countDown();
        for (Transport each : new Transport[] {a, b}) {
            try {
                each.close();
            } catch (IOException e) {
                // It has gone.
            }
        }
    }

    /** One direction. For one thread. */
    private final class Way implements PacketSink {
        private final Direction direction;
        private final CrlfFilter filter = new CrlfFilter();
        private final PacketReader watcher;
        private boolean collapsing;
        private boolean watching;

        Way(Direction direction, Crlf crlf) {
            this.direction = direction;
            this.collapsing = crlf == Crlf.COLLAPSE;
            this.watching = crlf == Crlf.AUTO;
            this.watcher = new PacketReader(crlf, this);
        }

        boolean isHolding() {
            return filter.isHolding();
        }

        void pass(byte[] buffer, int count, Transport to) throws IOException {
            int from = 1;
            int end = 1 + count;
            if (collapsing) {
                long range = filter.collapse(buffer, 1, count);
                from = (int) (range >>> 32);
                end = (int) range;
            } else if (watching) {
                // What shows that 0a comes as 0d 0a has been sent on by then; it is sent again.
                watcher.feed(buffer, 1, count);
            }
            send(buffer, from, end - from, to);
        }

        void finish(Transport to) throws IOException {
            if (filter.flush()) {
                send(new byte[] {0x0d}, 0, 1, to);
            }
            if (watching && !collapsing) {
                watcher.giveUpWaiting();
            }
        }

        private void send(byte[] bytes, int offset, int length, Transport to) throws IOException {
            if (length == 0) {
                return;
            }
            byte[] passed = Arrays.copyOfRange(bytes, offset, offset + length);
            synchronized (listener) {
                // First, or the other thread may tell of the answer before the question.
                listener.passed(direction, System.nanoTime() - start, passed);
            }
            to.write(bytes, offset, length);
            counts[direction.ordinal()].addAndGet(length);
        }

        @Override
        public void packet(KdPacket packet) {}

        @Override
        public void damaged(String problem) {}

        @Override
        public void noise(byte[] bytes, int offset, int length) {}

        @Override
        public void crlfFound() {
            collapsing = true;
            synchronized (listener) {
                listener.crlfFound(direction);
            }
        }
    }
}
