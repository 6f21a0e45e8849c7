package oriel.testkit.kd;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * What bad lines do to bytes, decided by a seed, so that a failure can be had again. Each direction
 * has a stream of its own for one thread.
 */
public final class LineFaults {
    /** A fault. */
    public enum Fault {
        /** A piece is lost. */
        DROP,
        /** A piece comes twice. */
        DUPLICATE,
        /** A byte changes. */
        CORRUPT,
        /** The end of a piece is lost. */
        CUT,
        /** Bytes come that nobody sent. */
        NOISE,
        /** A piece comes late. */
        DELAY,
        /** A reset comes that nobody sent. */
        RESET
    }

    private static final byte[] RESET_PACKET = {
        0x69, 0x69, 0x69, 0x69, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private final long seed;
    private final int oneIn;
    private final Fault[] kinds;
    private volatile boolean on;

    /**
     * @param seed decides everything
     * @param oneIn how many pieces there are for each fault
     */
    public LineFaults(long seed, int oneIn, Set<Fault> kinds) {
        this.seed = seed;
        this.oneIn = oneIn;
        this.kinds = EnumSet.copyOf(kinds).toArray(Fault[]::new);
    }

    /** Begins to damage, or stops to. */
    public LineFaults enable(boolean enabled) {
        on = enabled;
        return this;
    }

    /** A line towards the debugger. */
    public OutputStream damage(OutputStream out) {
        var random = new Random(seed);
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(apply(Arrays.copyOfRange(bytes, offset, offset + length), random));
            }
        };
    }

    /** A line from the debugger. */
    public InputStream damage(InputStream in) {
        var random = new Random(~seed);
        return new FilterInputStream(in) {
            private byte[] kept = {};
            private int used;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                while (used == kept.length) {
                    var piece = new byte[4096];
                    int got = in.read(piece);
                    if (got < 0) {
                        return -1;
                    }
                    kept = apply(Arrays.copyOf(piece, got), random);
                    used = 0;
                }
                int part = Math.min(length, kept.length - used);
                System.arraycopy(kept, used, into, offset, part);
                used += part;
                return part;
            }
        };
    }

    private byte[] apply(byte[] bytes, Random random) throws IOException {
        if (!on || bytes.length == 0 || random.nextInt(oneIn) != 0) {
            return bytes;
        }
        return switch (kinds[random.nextInt(kinds.length)]) {
            case DROP -> new byte[0];
            case DUPLICATE -> join(bytes, bytes);
            case CORRUPT -> {
                byte[] changed = bytes.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
                yield changed;
            }
            case CUT -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case NOISE -> {
                var noise = new byte[1 + random.nextInt(40)];
                random.nextBytes(noise);
                yield join(noise, bytes);
            }
            case DELAY -> {
                pause(1 + random.nextInt(120));
                yield bytes;
            }
            case RESET -> join(bytes, RESET_PACKET);
        };
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
