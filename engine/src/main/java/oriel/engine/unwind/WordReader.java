package oriel.engine.unwind;

import java.util.OptionalLong;
import oriel.model.Memory;

/**
 * Reads words of a stack through a small buffer, because a walk reads upwards and a read of target
 * memory costs more than the word. For one walk, one thread.
 */
final class WordReader {
    private static final int BUFFER = 2048;

    private final Memory memory;
    private final byte[] buffer = new byte[BUFFER];
    private long start;
    private int length;

    WordReader(Memory memory) {
        this.memory = memory;
    }

    /** Whether the {@code width} bytes at {@code va} are there; then {@link #at} may be asked. */
    boolean has(long va, int width) {
        long within = va - start;
        if (within >= 0 && within <= length - width) {
            return true;
        }
        start = va;
        length = memory.read(va, buffer, 0, BUFFER);
        return length >= width;
    }

    /** The 32- or 64-bit word at an address that {@link #has} has just confirmed. */
    long at(long va, int width) {
        int i = (int) (va - start);
        long value = 0;
        for (int k = width - 1; k >= 0; k--) {
            value = value << 8 | (buffer[i + k] & 0xff);
        }
        return value;
    }

    /** The word at an address when it is there. */
    OptionalLong word(long va, int width) {
        return has(va, width) ? OptionalLong.of(at(va, width)) : OptionalLong.empty();
    }
}
