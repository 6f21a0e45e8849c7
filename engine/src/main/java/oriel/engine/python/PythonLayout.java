package oriel.engine.python;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.Memory;

/** The layout of one CPython, and reading by it. What cannot be read is 0. */
final class PythonLayout {
    private static final int FIRST_MINOR = 11;
    private static final int FIRST_SELF_DESCRIBED = 13;
    private static final int LAST_MINOR = 14;
    private static final long COOKIE = 0x7970_6775_6265_6478L; // "xdebugpy"
    private static final int MOST_OFFSET = 1 << 20;

    private final Map<PythonField, Integer> offsets = new EnumMap<>(PythonField.class);
    private final Memory memory;
    private final int pointerSize;
    private final int minor;

    private PythonLayout(Memory memory, int pointerSize, int minor) {
        this.memory = memory;
        this.pointerSize = pointerSize;
        this.minor = minor;
    }

    /**
     * The layout of a version.
     *
     * @param runtimeVa of {@code _PyRuntime}
     * @param version as {@code PY_VERSION_HEX}; 0 when only the runtime can tell
     * @return empty for versions that are not known and for builds without the global lock
     */
    static Optional<PythonLayout> of(
            Memory memory, Architecture architecture, long runtimeVa, long version) {
        boolean describesItself = memory.unsigned(runtimeVa, 8).orElse(0) == COOKIE;
        long told = describesItself ? memory.unsigned(runtimeVa + 8, 8).orElse(0) : version;
        int minor = (int) (told >>> 16 & 0xff);
        boolean free = describesItself && memory.unsigned(runtimeVa + 16, 8).orElse(0) != 0;
        boolean known =
                told >>> 24 == 3
                        && minor >= FIRST_MINOR
                        && minor <= LAST_MINOR
                        && describesItself == (minor >= FIRST_SELF_DESCRIBED);
        if (!known || free) {
            return Optional.empty();
        }
        var layout = new PythonLayout(memory, architecture.pointerSize(), minor);
        for (PythonField field : PythonField.values()) {
            long offset =
                    describesItself
                            ? memory.unsigned(runtimeVa + field.toldAt(minor), 8).orElse(-1)
                            : field.offset(minor, layout.pointerSize);
            if (offset < 0 || offset > MOST_OFFSET) {
                return Optional.empty();
            }
            layout.offsets.put(field, (int) offset);
        }
        return Optional.of(layout);
    }

    int minor() {
        return minor;
    }

    int pointerSize() {
        return pointerSize;
    }

    /** Where a field of a structure is. */
    long at(long va, PythonField field) {
        return va + offsets.getOrDefault(field, 0);
    }

    long pointer(long va, PythonField field) {
        return pointer(at(va, field));
    }

    long pointer(long va) {
        return memory.unsigned(va, pointerSize).orElse(0);
    }

    long number(long va, int width) {
        return memory.unsigned(va, width).orElse(0);
    }

    /** A signed number as wide as a pointer. */
    long count(long va) {
        long value = pointer(va);
        return pointerSize == 8 ? value : (int) value;
    }

    /** The item count of an object of variable size. */
    long size(long va) {
        return count(va + 2L * pointerSize);
    }

    byte[] bytes(long va, long count, int most) {
        return memory.readUpTo(va, (int) Math.clamp(count, 0, most));
    }

    /**
     * The object that a slot of a frame refers to: from 3.14 on the lowest bit says who owns it.
     * Small numbers that are kept in the slot itself count as nothing.
     */
    long reference(long slot) {
        if (minor < 14) {
            return slot;
        }
        return (slot & 3) == 3 || slot == 1 ? 0 : slot & ~1L;
    }
}
