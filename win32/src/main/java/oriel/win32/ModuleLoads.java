package oriel.win32;

import java.util.Optional;
import oriel.model.Architecture;

/**
 * How often a module is loaded, as the loader counts.
 *
 * @param count loads that were not undone; for a pinned module what the loader says
 * @param pinned whether it stays until the process ends, whoever frees it
 */
public record ModuleLoads(long count, boolean pinned) {
    private static final long PINNED = 0xffffffffL;
    private static final int PINNED_BEFORE = 0xffff;

    /**
     * Reads the counter of a module.
     *
     * @param entryVa its LDR_DATA_TABLE_ENTRY
     * @param byNode whether its node counts (LDR_DDAG_NODE, since Windows 8) and not the entry
     */
    static Optional<ModuleLoads> read(
            ProcessMemory memory, Architecture architecture, long entryVa, boolean byNode) {
        boolean wide = architecture.is64Bit();
        if (!byNode) {
            var count = memory.unsigned(entryVa + (wide ? 0x6c : 0x38), 2);
            return count.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new ModuleLoads(count.getAsLong(), count.getAsLong() == PINNED_BEFORE));
        }
        long node = memory.pointer(entryVa + (wide ? 0x98 : 0x50), architecture).orElse(0);
        if (node == 0) {
            return Optional.empty();
        }
        var count = memory.unsigned(node + (wide ? 0x18 : 0x0c), 4);
        return count.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModuleLoads(count.getAsLong(), count.getAsLong() == PINNED));
    }
}
