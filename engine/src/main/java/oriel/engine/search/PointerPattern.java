package oriel.engine.search;

import oriel.model.AddressRange;

/**
 * A little-endian number that lies in a range of addresses: whatever points to an object or into a
 * module.
 *
 * @param range where the number must point
 * @param width bytes of the number: 4 or 8
 * @param aligned whether its own address must be a multiple of the width
 */
public record PointerPattern(AddressRange range, int width, boolean aligned) implements Pattern {
    /** Checks the width. */
    public PointerPattern {
        if (width != 4 && width != 8) {
            throw new IllegalArgumentException("a pointer has 4 or 8 bytes, not " + width);
        }
    }

    @Override
    public int maxLength() {
        return width;
    }

    @Override
    public String toString() {
        return "pointer to " + range;
    }
}
