package oriel.kd;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import oriel.kd.packet.Crlf;
import oriel.kd.packet.Framing;
import oriel.kd.packet.LinkListener;
import oriel.kd.packet.PacketLink;
import oriel.kd.transport.Transport;

/**
 * Moves bytes between a line and the machine that knows packets, which has neither I/O nor a clock.
 * What goes out is kept back until the line is next waited for, so that an acknowledgement and the
 * request after it are one write. For one thread.
 */
final class LinePump {
    private static final long QUIET = 100_000_000L;

    private final Transport transport;
    private final PacketLink link;
    private final byte[] input = new byte[1 << 16];

    /** What is kept back. */
    private byte[] output = new byte[1 << 10];

    private int kept;
    private int generation;
    private boolean restarted;
    private boolean disturbed;

    LinePump(Transport transport, Crlf crlf, LinkListener listener) {
        this.transport = transport;
        this.generation = transport.generation();
        this.link =
                new PacketLink(transport.framing(), transport.timing(), crlf, this::put, listener);
    }

    PacketLink link() {
        return link;
    }

    int generation() {
        return generation;
    }

    /** Whether the line is a new one since this was asked last. */
    boolean takeRestarted() {
        boolean was = restarted;
        restarted = false;
        return was;
    }

    boolean isRestarted() {
        return restarted;
    }

    /** Whether packets may have been lost or doubled since the line was first opened. */
    boolean isDisturbed() {
        return disturbed;
    }

    void disturb() {
        disturbed = true;
    }

    /** Sends what has been kept back to be sent together. */
    void flush() {
        if (kept == 0) {
            return;
        }
        int length = kept;
        kept = 0;
        try {
            transport.write(output, 0, length);
        } catch (IOException e) {
            throw lost(e.getMessage());
        }
    }

    private void put(byte[] bytes) {
        if (transport.framing() == Framing.DATAGRAM) {
            try {
                transport.write(bytes, 0, bytes.length);
            } catch (IOException e) {
                throw lost(e.getMessage());
            }
        } else {
            if (kept + bytes.length > output.length) {
                output = Arrays.copyOf(output, 2 * (kept + bytes.length));
            }
            System.arraycopy(bytes, 0, output, kept, bytes.length);
            kept += bytes.length;
        }
    }

    /**
     * Waits for bytes once, and does what they and the time demand.
     *
     * @return whether the line was found to be another one than before
     */
    boolean pump(long mostNanos) {
        flush();
        long wait = Math.min(mostNanos, link.untilTick(System.nanoTime()));
        int got;
        try {
            got = transport.read(input, wait);
        } catch (IOException e) {
            throw lost(e.getMessage());
        }
        if (got < 0) {
            throw lost(transport.trouble());
        }
        boolean again = false;
        if (transport.generation() != generation) {
            again = generation != 0;
            generation = transport.generation();
            kept = 0;
            link.restart();
            restarted = true;
            disturbed = true;
        }
        long now = System.nanoTime();
        if (got > 0) {
            link.receive(input, 0, got, now);
        }
        link.tick(now);
        return again;
    }

    /**
     * Takes what arrives until there is enough or nothing comes; costs less than pumping where many
     * answers follow each other. What they lead to may happen on another thread, while this one
     * waits.
     */
    void pour(BooleanSupplier more) {
        flush();
        transport.pour(
                (bytes, length) -> {
                    link.receive(bytes, 0, length, System.nanoTime());
                    flush();
                    return more.getAsBoolean();
                },
                QUIET);
    }

    private KdException lost(@Nullable String why) {
        String detail = why == null || why.isEmpty() ? "" : ": " + why;
        return new KdException(transport.name() + ": the other end has gone" + detail);
    }

    void close() {
        try {
            flush();
        } catch (KdException e) {
            // It has gone before us.
        }
        try {
            transport.close();
        } catch (IOException e) {
            // Nothing is lost by it.
        }
    }
}
