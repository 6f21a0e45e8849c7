package oriel.win32;

/** Rights to ask for when a process is opened. */
public enum Access {
    /** Identity, times, exit code: allowed for nearly every process. */
    LIMITED(0x1000 | 0x100000),

    /** The same, and reading memory. */
    READ(0x0400 | 0x1000 | 0x0010 | 0x100000 | 0x0040),

    /** Everything. */
    ALL(0x1fffff);

    private final int bits;

    Access(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }
}
