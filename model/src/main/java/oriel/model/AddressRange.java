package oriel.model;

/**
 * A half-open range of virtual addresses. The only code that compares addresses: always unsigned,
 * because kernel addresses are negative longs. A range never wraps; its size is at most 2^63-1.
 *
 * @param start first address
 * @param sizeBytes number of bytes, not negative
 */
public record AddressRange(long start, long sizeBytes) implements Comparable<AddressRange> {
    /** A range that holds no address. */
    public static final AddressRange EMPTY = new AddressRange(0, 0);

    /** Cuts a size that would wrap around the end of the address space. */
    public AddressRange {
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("size " + sizeBytes);
        }
        long room = -start;
        if (start != 0 && Long.compareUnsigned(sizeBytes, room) > 0) {
            sizeBytes = room;
        }
    }

    /** From {@code start} up to, not including, {@code end}; empty when end is not above start. */
    public static AddressRange between(long start, long end) {
        return new AddressRange(start, compare(end, start) > 0 ? Math.max(0, end - start) : 0);
    }

    /** Unsigned comparison of two addresses. */
    public static int compare(long a, long b) {
        return Long.compareUnsigned(a, b);
    }

    /** First address after the range; 0 when the range reaches the end of the address space. */
    public long end() {
        return start + sizeBytes;
    }

    /** Whether the range holds no address. */
    public boolean isEmpty() {
        return sizeBytes == 0;
    }

    /** Whether {@code va} lies in the range. */
    public boolean contains(long va) {
        return Long.compareUnsigned(va - start, sizeBytes) < 0;
    }

    /** Whether all of {@code other} lies in the range; an empty one does when its start does. */
    public boolean contains(AddressRange other) {
        return contains(other.start) && other.sizeBytes <= sizeBytes - (other.start - start);
    }

    /** Whether the two have an address in common. */
    public boolean overlaps(AddressRange other) {
        return !isEmpty() && !other.isEmpty() && (contains(other.start) || other.contains(start));
    }

    /** By start, then by size. */
    @Override
    public int compareTo(AddressRange other) {
        int byStart = compare(start, other.start);
        return byStart != 0 ? byStart : Long.compare(sizeBytes, other.sizeBytes);
    }

    @Override
    public String toString() {
        return Long.toHexString(start) + "+" + Long.toHexString(sizeBytes);
    }
}
