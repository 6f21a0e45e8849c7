package oriel.model;

import java.util.OptionalLong;

/**
 * A run of pages with the same attributes, as VirtualQuery tells.
 *
 * @param range the pages
 * @param allocationBase start of the allocation it belongs to
 * @param state committed, reserved or free
 * @param protection PAGE_* bits now, unsigned; 0 when free
 * @param allocationProtection PAGE_* bits at allocation
 * @param type image, mapped file, private, or unknown
 */
public record MemoryRegion(
        AddressRange range,
        OptionalLong allocationBase,
        State state,
        int protection,
        int allocationProtection,
        Type type) {
    /** MEM_COMMIT, MEM_RESERVE, MEM_FREE. */
    public enum State {
        COMMITTED,
        RESERVED,
        FREE
    }

    /** MEM_IMAGE, MEM_MAPPED, MEM_PRIVATE. */
    public enum Type {
        IMAGE,
        MAPPED,
        PRIVATE,
        UNKNOWN
    }

    private static final int NO_ACCESS = 0x01;
    private static final int EXECUTE_ANY = 0xf0;
    private static final int WRITE_ANY = 0xcc;
    private static final int GUARD = 0x100;

    /** Whether the pages are there and may be read, guard pages excepted. */
    public boolean isReadable() {
        return state == State.COMMITTED
                && (protection & NO_ACCESS) == 0
                && protection != 0x10
                && !isGuard();
    }

    /** Whether the pages may be written (copy-on-write included). */
    public boolean isWritable() {
        return state == State.COMMITTED && (protection & WRITE_ANY) != 0 && !isGuard();
    }

    /** Whether the pages may be executed. */
    public boolean isExecutable() {
        return state == State.COMMITTED && (protection & EXECUTE_ANY) != 0 && !isGuard();
    }

    /** Whether the first access raises STATUS_GUARD_PAGE_VIOLATION. */
    public boolean isGuard() {
        return (protection & GUARD) != 0;
    }
}
