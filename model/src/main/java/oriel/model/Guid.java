package oriel.model;

import java.util.Locale;
import java.util.UUID;

/**
 * The 128-bit identity of a PDB, kept as a {@link UUID} in the order in which GUIDs are written.
 */
public record Guid(UUID value) {
    /** From the sixteen bytes of a Windows GUID: u32, u16, u16 little-endian, then eight bytes. */
    public static Guid of(byte[] bytes) {
        int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | (bytes[order[i]] & 0xff);
            low = low << 8 | (bytes[order[i + 8]] & 0xff);
        }
        return new Guid(new UUID(high, low));
    }

    /** Thirty-two upper-case digits without dashes, as symbol servers use it. */
    public String compact() {
        return value.toString().replace("-", "").toUpperCase(Locale.ROOT);
    }

    // Written out for a quick start: see LoadedModule.
    @Override
    public boolean equals(Object o) {
        return o instanceof Guid other && value.equals(other.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString().toUpperCase(Locale.ROOT);
    }
}
