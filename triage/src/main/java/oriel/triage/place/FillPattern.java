package oriel.triage.place;

import java.util.Optional;
import oriel.model.Architecture;

/**
 * Values that allocators and compilers write into memory that nobody should use, so that a pointer
 * read from there is recognised.
 *
 * @param value four bytes, repeated on 64-bit targets
 * @param state what the memory was
 * @param writer who writes it
 */
public record FillPattern(int value, State state, String writer) {
    /** What memory with a pattern was. */
    public enum State {
        FREED("freed memory"),
        UNINITIALISED_HEAP("heap memory that was never written"),
        UNINITIALISED_STACK("a local variable that was never written"),
        GUARD("bytes beside a heap block"),
        MARKER("a value that marks something as dead");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** In lower case words. */
        public String text() {
            return text;
        }
    }

    /** How far from a pattern an address may be: the offset of a field or array element. */
    private static final long NEAR = 0x1000;

    private static final FillPattern[] ALL = {
        new FillPattern(0xfeeefeee, State.FREED, "HeapFree"),
        new FillPattern(0xdddddddd, State.FREED, "the debug C runtime"),
        new FillPattern(0xf0f0f0f0, State.FREED, "page heap"),
        new FillPattern(0xe5e5e5e5, State.FREED, "jemalloc"),
        new FillPattern(0x5a5a5a5a, State.FREED, "jemalloc"),
        new FillPattern(0xcdcdcdcd, State.UNINITIALISED_HEAP, "the debug C runtime"),
        new FillPattern(0xbaadf00d, State.UNINITIALISED_HEAP, "HeapAlloc"),
        new FillPattern(0xc0c0c0c0, State.UNINITIALISED_HEAP, "page heap"),
        new FillPattern(0xe0e0e0e0, State.UNINITIALISED_HEAP, "page heap"),
        new FillPattern(0xa5a5a5a5, State.UNINITIALISED_HEAP, "jemalloc"),
        new FillPattern(0xcccccccc, State.UNINITIALISED_STACK, "the compiler (/RTC)"),
        new FillPattern(0xabababab, State.GUARD, "HeapAlloc"),
        new FillPattern(0xfdfdfdfd, State.GUARD, "the debug C runtime"),
        new FillPattern(0xbdbdbdbd, State.GUARD, "the debug C runtime"),
        new FillPattern(0xd0d0d0d0, State.GUARD, "page heap"),
        new FillPattern(0xdeadbeef, State.MARKER, "programs"),
        new FillPattern(0xbbadbeef, State.MARKER, "WebKit"),
    };

    /** The pattern of a value; empty when it is none. */
    public static Optional<FillPattern> exactly(int value) {
        for (FillPattern pattern : ALL) {
            if (pattern.value == value) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }

    /** The pattern that an address is, or is near to (0x1000 to either side). */
    public static Optional<FillPattern> near(long va, Architecture architecture) {
        for (FillPattern pattern : ALL) {
            long distance = pattern.distance(va, architecture);
            if (distance < NEAR && distance > -NEAR) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }

    /** How far an address is above the pattern as a pointer. */
    public long distance(long va, Architecture architecture) {
        if (!architecture.is64Bit()) {
            return (int) ((int) va - value);
        }
        long low = value & 0xffffffffL;
        long once = va - low;
        return Math.abs(once) < NEAR ? once : va - (low << 32 | low);
    }

    /** Whether the value may as well be letters: 5a is Z. */
    public boolean isCommonText() {
        return value == 0x5a5a5a5a;
    }

    /** Eight lower case digits. */
    public String digits() {
        return Integer.toHexString(value);
    }
}
