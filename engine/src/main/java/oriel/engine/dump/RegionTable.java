package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.MemoryRegion;
import oriel.model.MemoryRegion.State;
import oriel.model.MemoryRegion.Type;

/** The memory map by address. Immutable. */
final class RegionTable {
    private static final int COMMIT = 0x1000;
    private static final int RESERVE = 0x2000;
    private static final int PRIVATE = 0x20000;
    private static final int MAPPED = 0x40000;
    private static final int IMAGE = 0x1000000;

    /** No regions. */
    static final RegionTable NONE = new RegionTable(List.of());

    private final List<MemoryRegion> list;

    RegionTable(List<MemoryRegion> regions) {
        var sorted = new ArrayList<>(regions);
        sorted.sort((a, b) -> a.range().compareTo(b.range()));
        list = List.copyOf(sorted);
    }

    /** A region in the words of VirtualQuery. */
    static MemoryRegion region(
            long va,
            long sizeBytes,
            long allocationVa,
            long allocationProtection,
            long state,
            long protection,
            long type) {
        State known =
                switch ((int) state) {
                    case COMMIT -> State.COMMITTED;
                    case RESERVE -> State.RESERVED;
                    default -> State.FREE;
                };
        return new MemoryRegion(
                new AddressRange(va, sizeBytes < 0 ? Long.MAX_VALUE : sizeBytes),
                known == State.FREE ? OptionalLong.empty() : OptionalLong.of(allocationVa),
                known,
                known == State.COMMITTED ? (int) protection : 0,
                (int) allocationProtection,
                switch ((int) type) {
                    case PRIVATE -> Type.PRIVATE;
                    case MAPPED -> Type.MAPPED;
                    case IMAGE -> Type.IMAGE;
                    default -> Type.UNKNOWN;
                });
    }

    List<MemoryRegion> list() {
        return list;
    }

    Optional<MemoryRegion> at(long va) {
        int low = 0;
        int high = list.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            MemoryRegion region = list.get(middle);
            if (region.range().contains(va)) {
                return Optional.of(region);
            }
            if (Long.compareUnsigned(region.range().start(), va) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
