package oriel.engine.paging;

import oriel.model.Architecture;

/**
 * How a processor translates addresses. Layouts: Intel SDM volume 3 chapter 4, ARM ARM chapters D8
 * (AArch64, granule of 4 KiB) and B3 (short descriptors).
 */
public enum PagingMode {
    /** 32-bit entries, two levels, pages of 4 KiB and 4 MiB. */
    X86(4, 32, new int[] {22, 12}, new int[] {10, 10}),
    /** 64-bit entries, a table of four and two levels below it, pages of 4 KiB and 2 MiB. */
    PAE(8, 32, new int[] {30, 21, 12}, new int[] {2, 9, 9}),
    /** Four levels, 48-bit addresses. */
    X64(8, 48, new int[] {39, 30, 21, 12}, new int[] {9, 9, 9, 9}),
    /** Five levels, 57-bit addresses (CR4.LA57). */
    X64_LA57(8, 57, new int[] {48, 39, 30, 21, 12}, new int[] {9, 9, 9, 9, 9}),
    /** Short descriptors of 32-bit ARM: sections of 1 MiB, pages of 4 KiB and 64 KiB. */
    ARM(4, 32, new int[] {20, 12}, new int[] {12, 8}),
    /**
     * Four levels of AArch64. Windows keeps the tables of both halves of the address space in one
     * page, the kernel's in its upper half, so that one root serves both.
     */
    ARM64(8, 48, new int[] {39, 30, 21, 12}, new int[] {9, 9, 9, 9});

    private final int entryBytes;
    private final int addressBits;
    private final int[] shifts;
    private final int[] indexBits;

    PagingMode(int entryBytes, int addressBits, int[] shifts, int[] indexBits) {
        this.entryBytes = entryBytes;
        this.addressBits = addressBits;
        this.shifts = shifts;
        this.indexBits = indexBits;
    }

    /** What a machine uses as a rule; CR4 tells PAE and five levels apart where it is known. */
    public static PagingMode usual(Architecture architecture) {
        return switch (architecture) {
            case X86 -> PAE;
            case X64 -> X64;
            case ARM -> ARM;
            case ARM64 -> ARM64;
        };
    }

    /** Number of levels, the root's first. */
    public int levels() {
        return shifts.length;
    }

    /** Bytes of an entry. */
    int entryBytes() {
        return entryBytes;
    }

    /** Lowest bit of the part of an address that indexes a level's tables. */
    int shift(int level) {
        return shifts[level];
    }

    /** Entries of a level's tables. */
    int entries(int level) {
        return 1 << indexBits[level];
    }

    /** Bytes that one entry of a level covers. */
    long span(int level) {
        return 1L << shifts[level];
    }

    /** The name of a level's entries, as debuggers call them. */
    String levelName(int level) {
        boolean last = level == levels() - 1;
        return switch (this) {
            case X86, ARM -> last ? "PTE" : "PDE";
            case PAE, X64, X64_LA57, ARM64 ->
                    switch (levels() - level) {
                        case 1 -> "PTE";
                        case 2 -> "PDE";
                        case 3 -> "PPE";
                        case 4 -> "PXE";
                        default -> "PLE";
                    };
        };
    }

    /** Whether the bits above those that are translated repeat the highest one. */
    boolean isCanonical(long va) {
        if (addressBits == 32) {
            return va >>> 32 == 0 || va >> 31 == -1;
        }
        int unused = 64 - addressBits;
        return va << unused >> unused == va;
    }

    /** Where the tables begin that a root register points to. */
    long tableOf(long root) {
        return switch (this) {
            case X86 -> root & 0xfffff000L;
            case PAE -> root & 0xffffffe0L;
            case ARM -> root & 0xffffc000L;
            case X64, X64_LA57 -> root & 0x000ffffffffff000L;
            case ARM64 -> root & 0x0000fffffffff000L;
        };
    }

    /** The address of {@code va} with its sign extended, as pages are listed. */
    long signExtended(long va) {
        int unused = 64 - addressBits;
        return addressBits == 32 ? va & 0xffffffffL : va << unused >> unused;
    }
}
