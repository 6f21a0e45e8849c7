package oriel.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out a piece of memory word by word, lowest address first. Labels let words point to places
 * that come later, so that a stack can point into itself.
 */
public final class StackBuilder {
    private final long start;
    private final int width;
    private final List<Object> words = new ArrayList<>();
    private final Map<String, Long> labels = new HashMap<>();

    /**
     * @param start address of the first word
     * @param width bytes of a word, 4 or 8
     */
    public StackBuilder(long start, int width) {
        this.start = start;
        this.width = width;
    }

    /** Adds a number. */
    public StackBuilder word(long value) {
        words.add(value);
        return this;
    }

    /** Adds the address of a label, which may be set later. */
    public StackBuilder addressOf(String label) {
        words.add(label);
        return this;
    }

    /** Adds a number many times. */
    public StackBuilder fill(int count, long value) {
        for (int i = 0; i < count; i++) {
            words.add(value);
        }
        return this;
    }

    /** Names the address of the next word. */
    public StackBuilder label(String name) {
        labels.put(name, next());
        return this;
    }

    /** Address of the next word. */
    public long next() {
        return start + (long) words.size() * width;
    }

    /** Address of a label that has been set. */
    public long address(String label) {
        Long va = labels.get(label);
        if (va == null) {
            throw new IllegalArgumentException("no label " + label);
        }
        return va;
    }

    /** The bytes, little-endian. */
    public byte[] build() {
        var bytes = new byte[words.size() * width];
        for (int i = 0; i < words.size(); i++) {
            long value =
                    words.get(i) instanceof String label ? address(label) : (Long) words.get(i);
            for (int k = 0; k < width; k++) {
                bytes[i * width + k] = (byte) (value >>> 8 * k);
            }
        }
        return bytes;
    }
}
