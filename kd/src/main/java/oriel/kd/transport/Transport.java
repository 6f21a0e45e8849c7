package oriel.kd.transport;

import java.io.Closeable;
import java.io.IOException;
import oriel.kd.packet.Framing;
import oriel.kd.packet.LinkTiming;

/**
 * One end of a line. Reading is for one thread at a time, and so is writing; the two do not wait
 * for each other. {@link #close} may be called by any thread and ends a read.
 */
public interface Transport extends Closeable {
    /** What the line is, for messages. */
    String name();

    /**
     * Waits for bytes, on datagrams for exactly one.
     *
     * @param timeoutNanos how long at most; 0 to take only what is there
     * @return how many came; 0 when none came in time, negative when the other end has gone for
     *     good
     */
    int read(byte[] into, long timeoutNanos) throws IOException;

    /** Takes what arrives. */
    interface Sink {
        /**
         * Takes bytes, which are its own until it returns.
         *
         * @return whether more are wanted
         */
        boolean accept(byte[] bytes, int length);
    }

    /**
     * Hands over what arrives until the sink wants no more or nothing has come for a time. Costs
     * less than reads with a time limit where many answers follow each other. The sink may be
     * called by another thread, while this one waits. Lines that have no such way return at once:
     * the caller goes on with {@link #read} in any case.
     */
    default void pour(Sink sink, long quietNanos) {}

    /** Sends bytes, all of them; on datagrams each call is one. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Whether the line keeps the borders between packets. */
    default Framing framing() {
        return Framing.STREAM;
    }

    /** Grows each time the line is a new one: packets sent before it are lost. */
    default int generation() {
        return 0;
    }

    /** Whether an other end is there at the moment. */
    default boolean isConnected() {
        return true;
    }

    /** How patient to be. */
    default LinkTiming timing() {
        return LinkTiming.DEFAULT;
    }

    /** How many bytes of memory to ask for when one is wanted: little on slow lines. */
    default int readAhead() {
        return 1024;
    }

    /** What the line itself has to say about why nothing comes; may be empty. */
    default String trouble() {
        return "";
    }
}
