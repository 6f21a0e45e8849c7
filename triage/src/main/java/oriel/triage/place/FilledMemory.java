package oriel.triage.place;

import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.Memory;

/** Recognises memory that holds nothing but a {@link FillPattern}. */
public final class FilledMemory {
    /** Bytes that must repeat a pattern. */
    private static final int ENOUGH = 16;

    private FilledMemory() {}

    /** The pattern of the 16 bytes from an address on; empty when they hold something else. */
    public static Optional<FillPattern> at(Memory memory, long va, Architecture architecture) {
        long word = va & -(long) architecture.pointerSize();
        byte[] bytes = memory.readUpTo(word, ENOUGH);
        if (bytes.length < ENOUGH) {
            return Optional.empty();
        }
        for (int i = 4; i < ENOUGH; i++) {
            if (bytes[i] != bytes[i - 4]) {
                return Optional.empty();
            }
        }
        int value =
                bytes[0] & 0xff | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | bytes[3] << 24;
        return FillPattern.exactly(value);
    }
}
