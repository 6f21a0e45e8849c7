package oriel.engine.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;

/** Reads pointers, strings and lists of a kernel. What cannot be read is empty. Stateless. */
final class KernelMemory {
    private static final int LONGEST_NAME = 2048;

    private final Memory memory;
    private final Architecture architecture;

    KernelMemory(Memory memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
    }

    Memory memory() {
        return memory;
    }

    Architecture architecture() {
        return architecture;
    }

    int pointerSize() {
        return architecture.pointerSize();
    }

    OptionalLong pointer(long va) {
        return memory.pointer(va & architecture.addressMask(), architecture);
    }

    /** A pointer that is neither null nor unreadable. */
    OptionalLong nonNull(long va) {
        OptionalLong value = pointer(va);
        return value.isPresent() && value.getAsLong() != 0 ? value : OptionalLong.empty();
    }

    OptionalLong unsigned(long va, int width) {
        return memory.unsigned(va & architecture.addressMask(), width);
    }

    /** Whether an address lies in the kernel's half. */
    boolean isKernel(long va) {
        return architecture.is64Bit() ? va < 0 && va >>> 47 == 0x1ffff : va >>> 31 == 1;
    }

    /** A UNICODE_STRING. */
    Optional<String> unicodeString(long va) {
        OptionalLong length = unsigned(va, 2);
        OptionalLong buffer = pointer(va + pointerSize());
        if (length.isEmpty() || buffer.isEmpty() || buffer.getAsLong() == 0) {
            return Optional.empty();
        }
        int bytes = (int) Math.min(length.getAsLong(), LONGEST_NAME) & ~1;
        byte[] text = memory.readUpTo(buffer.getAsLong(), bytes);
        return text.length < bytes
                ? Optional.empty()
                : Optional.of(new String(text, StandardCharsets.UTF_16LE));
    }

    /** A text of one-byte characters up to a NUL; empty when nothing can be read. */
    Optional<String> text(long va, int most) {
        byte[] bytes = memory.readUpTo(va & architecture.addressMask(), most);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** What a walk along a LIST_ENTRY found. */
    record Walk(List<Long> entries, End end) {
        enum End {
            /** Back at the head. */
            CLOSED,
            /** An entry could not be read. */
            UNREADABLE,
            /** An entry came a second time before the head did. */
            LOOP,
            /** More entries than there can be. */
            TOO_LONG
        }

        boolean isWhole() {
            return end == End.CLOSED;
        }

        String problem() {
            return switch (end) {
                case CLOSED -> "";
                case UNREADABLE -> "breaks off after " + entries.size() + ": not readable";
                case LOOP -> "runs in a circle after " + entries.size();
                case TOO_LONG -> "has more than " + entries.size() + " entries: cut";
            };
        }
    }

    /** The addresses of the entries of a list, without its head. */
    Walk list(long head, int most) {
        var entries = new ArrayList<Long>();
        Set<Long> seen = new HashSet<>();
        long mask = architecture.addressMask();
        long start = head & mask;
        OptionalLong next = pointer(start);
        while (true) {
            if (next.isEmpty() || next.getAsLong() == 0) {
                return new Walk(entries, Walk.End.UNREADABLE);
            }
            long at = next.getAsLong() & mask;
            if (at == start) {
                return new Walk(entries, Walk.End.CLOSED);
            }
            if (!seen.add(at)) {
                return new Walk(entries, Walk.End.LOOP);
            }
            if (entries.size() == most) {
                return new Walk(entries, Walk.End.TOO_LONG);
            }
            entries.add(at);
            next = pointer(at);
        }
    }

    /** Whether a LIST_ENTRY is linked both ways. */
    boolean isListEntry(long va) {
        OptionalLong next = nonNull(va);
        OptionalLong previous = nonNull(va + pointerSize());
        if (next.isEmpty() || previous.isEmpty()) {
            return false;
        }
        long self = va & architecture.addressMask();
        OptionalLong back = pointer(next.getAsLong() + pointerSize());
        OptionalLong forth = pointer(previous.getAsLong());
        return back.isPresent()
                && forth.isPresent()
                && back.getAsLong() == self
                && forth.getAsLong() == self;
    }

    /** Searches a range for a word of the width of a pointer, aligned; empty when not there. */
    OptionalLong findPointer(AddressRange range, long value) {
        byte[] bytes = memory.readUpTo(range.start(), (int) Math.min(range.sizeBytes(), 1 << 20));
        int width = pointerSize();
        for (int at = 0; at + width <= bytes.length; at += width) {
            if (number(bytes, at, width) == value) {
                return OptionalLong.of(range.start() + at);
            }
        }
        return OptionalLong.empty();
    }

    /** A little-endian number in an array. */
    static long number(byte[] bytes, int at, int width) {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | (bytes[at + i] & 0xff);
        }
        return value;
    }
}
