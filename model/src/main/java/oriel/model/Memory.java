package oriel.model;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A virtual address space that can be read. Little-endian. Short reads are normal: dumps have holes
 * and processes unmapped pages. Implementations are safe for any thread unless they say otherwise.
 */
@FunctionalInterface
public interface Memory {
    /** An address space with nothing in it. */
    Memory EMPTY =
            // A class, not a lambda: lambdas of an interface's own fields cannot be archived for
            // start-up.
            new Memory() {
                @Override
                public int read(long va, byte[] into, int offset, int length) {
                    return 0;
                }
            };

    /**
     * Reads up to {@code length} bytes, stopping at the first that is not there.
     *
     * @return bytes read, 0 when the first one is not there; never negative
     */
    int read(long va, byte[] into, int offset, int length);

    /**
     * Reads into a buffer from its position to its limit, stopping at the first byte that is not
     * there. The position moves past what was read. Processes that run are read fastest into direct
     * buffers: nothing is copied then.
     *
     * @return bytes read
     */
    default int read(long va, ByteBuffer into) {
        if (into.hasArray()) {
            int got =
                    read(va, into.array(), into.arrayOffset() + into.position(), into.remaining());
            into.position(into.position() + got);
            return got;
        }
        var part = new byte[Math.min(into.remaining(), 1 << 16)];
        int done = 0;
        while (into.hasRemaining()) {
            int wanted = Math.min(part.length, into.remaining());
            int got = read(va + done, part, 0, wanted);
            into.put(part, 0, got);
            done += got;
            if (got < wanted) {
                break;
            }
        }
        return done;
    }

    /** Fills the array, or says how far it got. */
    default int read(long va, byte[] into) {
        return read(va, into, 0, into.length);
    }

    /**
     * Reads all of {@code length} bytes.
     *
     * @throws MemoryReadException when some are missing
     */
    default byte[] readFully(long va, int length) {
        var into = new byte[length];
        int got = read(va, into, 0, length);
        if (got < length) {
            throw new MemoryReadException(va, length, got);
        }
        return into;
    }

    /** The bytes that are there from {@code va} on, at most {@code length}. */
    default byte[] readUpTo(long va, int length) {
        var into = new byte[length];
        int got = read(va, into, 0, length);
        return got == length ? into : java.util.Arrays.copyOf(into, got);
    }

    /**
     * An unsigned number of {@code width} bytes (1, 2, 4 or 8), or empty when it is not all there.
     */
    default OptionalLong unsigned(long va, int width) {
        var into = new byte[width];
        if (read(va, into, 0, width) < width) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (into[i] & 0xff);
        }
        return OptionalLong.of(value);
    }

    /** A pointer of the architecture's width. */
    default OptionalLong pointer(long va, Architecture architecture) {
        return unsigned(va, architecture.pointerSize());
    }

    /** A signed 32-bit number. */
    default OptionalInt s32(long va) {
        OptionalLong value = unsigned(va, 4);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }
}
