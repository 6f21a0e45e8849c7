package oriel.engine.paging;

/** What a walk through the page tables ended at. */
public enum PageState {
    /** Mapped by the processor. */
    VALID("valid"),
    /** Not mapped, but its page is still there: on the standby or modified list. */
    TRANSITION("in transition"),
    /** Stands for a prototype entry that maps a section; the page was found by way of it. */
    PROTOTYPE("prototype"),
    /** Stands for a prototype entry, whose page is not in memory or cannot be read. */
    PROTOTYPE_ABSENT("prototype, page not in memory"),
    /**
     * In a paging file. Since Windows 10 one of them is the store of compressed pages, in the user
     * half of the process MemCompression, from which pages are not read.
     */
    PAGED_OUT("in a paging file or the store of compressed pages"),
    /** To be filled with zeros when it is first touched. */
    DEMAND_ZERO("demand zero"),
    /** The entry is zero: nothing was ever here. */
    UNMAPPED("not mapped"),
    /** A table on the way, or its page, is not in the physical memory that can be read. */
    TABLE_MISSING("table not readable"),
    /** An address that the processor cannot translate. */
    NOT_CANONICAL("not canonical");

    private final String text;

    PageState(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** Whether the page has a physical address. */
    public boolean hasPage() {
        return this == VALID || this == TRANSITION || this == PROTOTYPE;
    }
}
