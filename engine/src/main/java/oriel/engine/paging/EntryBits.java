package oriel.engine.paging;

/** What the bits of page table entries mean, by mode. Stateless. */
final class EntryBits {
    private static final long X64_FRAME = 0x000ffffffffff000L;
    private static final long ARM64_FRAME = 0x0000fffffffff000L;

    /** Bits of entries that the processor does not look at, as Windows uses them. */
    private static final long PROTOTYPE = 1 << 10;

    private static final long TRANSITION = 1 << 11;

    private final PagingMode mode;

    EntryBits(PagingMode mode) {
        this.mode = mode;
    }

    /** Whether the processor follows the entry. */
    boolean isValid(long entry) {
        return mode == PagingMode.ARM ? (entry & 3) != 0 : (entry & 1) != 0;
    }

    /** Whether a valid entry of a level maps a page itself. */
    boolean isLeaf(int level, long entry) {
        boolean last = level == mode.levels() - 1;
        return switch (mode) {
            case X86 -> last || (entry & 0x80) != 0;
            // A PDPTE of PAE and the top entries of x64 cannot map pages.
            case PAE -> last || level == 1 && (entry & 0x80) != 0;
            case X64, X64_LA57 -> last || level >= mode.levels() - 3 && (entry & 0x80) != 0;
            case ARM -> last || (entry & 3) >= 2;
            case ARM64 -> last || level > 0 && (entry & 2) == 0;
        };
    }

    /** Bytes of the page that a leaf maps. */
    long pageSize(int level, long entry) {
        if (mode == PagingMode.ARM) {
            if (level == 0) {
                return (entry & 1 << 18) != 0 ? 1L << 24 : 1L << 20;
            }
            return (entry & 3) == 1 ? 1L << 16 : 1L << 12;
        }
        return mode.span(level);
    }

    /** Where the next table begins. */
    long table(int level, long entry) {
        return switch (mode) {
            case X86 -> entry & 0xfffff000L;
            case ARM -> level == 0 ? entry & 0xfffffc00L : entry & 0xfffff000L;
            case ARM64 -> entry & ARM64_FRAME;
            case PAE, X64, X64_LA57 -> entry & X64_FRAME;
        };
    }

    /** Where the page of a leaf begins. */
    long page(int level, long entry) {
        long size = pageSize(level, entry);
        if (mode == PagingMode.X86 && level == 0) {
            // PSE-36: bits 13 to 20 are bits 32 to 39 of the address.
            return entry & 0xffc00000L | (entry >>> 13 & 0xff) << 32;
        }
        long frame =
                switch (mode) {
                    case X86, ARM -> entry & 0xfffff000L;
                    case ARM64 -> entry & ARM64_FRAME;
                    case PAE, X64, X64_LA57 -> entry & X64_FRAME;
                };
        return frame & -size;
    }

    /** What Windows means by an entry that is not valid. */
    PageState software(long entry) {
        if (entry == 0) {
            return PageState.UNMAPPED;
        }
        if (mode == PagingMode.ARM) {
            return PageState.PAGED_OUT;
        }
        if ((entry & PROTOTYPE) != 0) {
            return PageState.PROTOTYPE_ABSENT;
        }
        if ((entry & TRANSITION) != 0) {
            return PageState.TRANSITION;
        }
        boolean inFile =
                switch (mode) {
                    case X86, ARM -> entry >>> 12 != 0;
                    case PAE, X64, X64_LA57, ARM64 -> entry >>> 32 != 0;
                };
        return inFile ? PageState.PAGED_OUT : PageState.DEMAND_ZERO;
    }

    /** Where the page of an entry in transition begins. */
    long transitionPage(long entry) {
        return mode == PagingMode.X86 ? entry & 0xfffff000L : entry & ARM64_FRAME;
    }

    /**
     * Where the prototype is that an entry stands for: a virtual address; 0 when the entry does not
     * tell. 32-bit ones without PAE tell a part of it only.
     */
    long prototypeVa(long entry) {
        return switch (mode) {
            case X86, ARM -> 0;
            case PAE -> entry >>> 32;
            // All ones but for the lowest 16 bits: to be looked up in the VAD tree.
            case X64, X64_LA57, ARM64 -> entry >>> 32 == 0xffffffffL ? 0 : entry >> 16;
        };
    }

    /** The bits in letters. */
    String flags(int level, long entry) {
        if (!isValid(entry)) {
            return software(entry).text();
        }
        boolean leaf = isLeaf(level, entry);
        var text = new StringBuilder("V");
        switch (mode) {
            case X86, PAE, X64, X64_LA57 -> {
                text.append((entry & 2) != 0 ? 'W' : 'R').append((entry & 4) != 0 ? 'U' : 'K');
                boolean hasNx = mode != PagingMode.X86;
                text.append(hasNx && entry < 0 ? '-' : 'E');
                text.append((entry & 0x20) != 0 ? "A" : "").append((entry & 0x40) != 0 ? "D" : "");
                text.append(leaf && (entry & 0x100) != 0 ? "G" : "");
            }
            case ARM64 -> {
                if (leaf) {
                    text.append((entry & 0x80) != 0 ? 'R' : 'W');
                    text.append((entry & 0x40) != 0 ? 'U' : 'K');
                    long never = (entry & 0x40) != 0 ? 1L << 54 : 1L << 53;
                    text.append((entry & never) != 0 ? '-' : 'E');
                    text.append((entry & 0x400) != 0 ? "A" : "");
                }
            }
            case ARM -> {}
        }
        if (leaf && level < mode.levels() - 1) {
            text.append('L');
        }
        return text.toString();
    }
}
