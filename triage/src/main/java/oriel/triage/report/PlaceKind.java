package oriel.triage.report;

/** What lies at an address. */
public enum PlaceKind {
    /** The first 64 KiB, which Windows never maps. */
    NULL_PAGE("null page"),
    /**
     * Not a possible address of an x64 or ARM64 user program: the upper bits are neither all 0 nor
     * all 1.
     */
    NON_CANONICAL("non-canonical address"),
    /** The half of the address space that belongs to the kernel. */
    KERNEL("kernel address"),
    /** A value that allocators write into freed or fresh memory, or one of its neighbours. */
    FILL_PATTERN("fill pattern"),
    /** The stack of a thread. */
    STACK("stack"),
    /** A guard page. */
    GUARD("guard page"),
    /** A mapped image. */
    IMAGE("image"),
    /** An image that is no longer mapped. */
    UNLOADED_IMAGE("unloaded image"),
    /** Private memory of the process: heaps and the like. */
    PRIVATE("heap or other private memory"),
    /** A mapped file or shared memory. */
    MAPPED("mapped file"),
    /** Readable memory of unknown kind. */
    MEMORY("memory"),
    /** Reserved, without memory behind it. */
    RESERVED("reserved address space"),
    /** The target's memory map says that nothing is there. */
    FREE("unmapped"),
    /** The target does not tell. */
    UNKNOWN("unknown");

    private final String text;

    PlaceKind(String text) {
        this.text = text;
    }

    /** In lower case words. */
    public String text() {
        return text;
    }
}
