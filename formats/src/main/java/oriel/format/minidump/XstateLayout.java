package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * Where the processor features lie in the XSAVE areas of a dump: XSTATE_CONFIG_FEATURE_MSC_INFO.
 * Feature 2 is AVX, 5 to 7 AVX-512, 9 protection keys, 11 CET user state, 17 and 18 AMX.
 */
public final class XstateLayout {
    static final int SIZE = 528;

    /** No features. */
    public static final XstateLayout NONE = new XstateLayout(Bytes.of(new byte[SIZE], ""));

    private static final int FEATURES = 64;

    private final Bytes in;

    private XstateLayout(Bytes in) {
        this.in = in;
    }

    static XstateLayout read(Bytes in) {
        return new XstateLayout(in);
    }

    /**
     * A feature's place.
     *
     * @param offset from the begin of the XSAVE area, its 512 legacy bytes included
     * @param sizeBytes number of bytes
     */
    public record Feature(long offset, long sizeBytes) {}

    /** Bytes of a context with all features. */
    public long contextSizeBytes() {
        return in.u32(4);
    }

    /** A bit for each feature that is on. */
    public long enabledFeatures() {
        return in.u64(8);
    }

    /** Where a feature lies in areas that are not compacted, when it is on. */
    public Optional<Feature> feature(int number) {
        if (number < 0 || number >= FEATURES || (enabledFeatures() >>> number & 1) == 0) {
            return Optional.empty();
        }
        long at = 16 + 8L * number;
        return Optional.of(new Feature(in.u32(at), in.u32(at + 4)));
    }
}
