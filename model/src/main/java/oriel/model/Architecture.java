package oriel.model;

/** Processor architecture of a target, or of one side of it (a WOW64 process has two). */
public enum Architecture {
    X86(4),
    X64(8),
    ARM(4),
    ARM64(8);

    private final int pointerSize;

    Architecture(int pointerSize) {
        this.pointerSize = pointerSize;
    }

    /** Bytes of a pointer: 4 or 8. */
    public int pointerSize() {
        return pointerSize;
    }

    /** Whether pointers have 8 bytes. */
    public boolean is64Bit() {
        return pointerSize == 8;
    }

    /** All ones in the width of a pointer. */
    public long addressMask() {
        return is64Bit() ? -1L : 0xffffffffL;
    }

    /** Whether this is x86 or x64. */
    public boolean isIntel() {
        return this == X86 || this == X64;
    }
}
