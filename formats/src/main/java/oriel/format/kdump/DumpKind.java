package oriel.format.kdump;

/** What a kernel dump holds, by DumpType of its header. */
public enum DumpKind {
    FULL(1, "complete memory"),
    KERNEL(2, "kernel memory"),
    HEADER(3, "header only"),
    TRIAGE(4, "small (triage)"),
    BITMAP_FULL(5, "complete memory, bitmap"),
    BITMAP_KERNEL(6, "kernel memory, bitmap"),
    AUTOMATIC(7, "automatic"),
    LIVE_KERNEL(8, "kernel memory of a running system"),
    LIVE_KERNEL_AND_USER(9, "kernel and user memory of a running system"),
    LIVE_COMPLETE(10, "complete memory of a running system"),
    UNKNOWN(-1, "unknown kind");

    private final int number;
    private final String text;

    DumpKind(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }

    static DumpKind of(long number) {
        for (DumpKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
