package oriel.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.AddressRange;
import oriel.model.Memory;
import oriel.model.PdbId;

/**
 * What the headers of an image in memory tell, read piece by piece: most of the image may be paged
 * out.
 *
 * @param timestamp TimeDateStamp
 * @param checksum CheckSum
 * @param sizeBytes SizeOfImage
 * @param pdb from the debug directory, when that is in memory
 */
record MappedHeader(long timestamp, long checksum, long sizeBytes, Optional<PdbId> pdb) {
    private static final int PAGE = 0x1000;
    private static final long SECTION = 40;

    /** IMAGE_SCN_MEM_EXECUTE. */
    private static final long EXECUTE = 0x20000000;

    private static final int DEBUG_ENTRY = 28;
    private static final int CODE_VIEW = 2;
    private static final int MOST_ENTRIES = 16;
    private static final int LONGEST_RECORD = 0x400;

    /** Empty when there are no headers at an address. */
    static Optional<MappedHeader> read(Memory memory, long base) {
        if (memory.unsigned(base, 2).orElse(0) != 0x5a4d) {
            // Most pages are no headers, and to read one may take its time.
            return Optional.empty();
        }
        Bytes page = Bytes.of(memory.readUpTo(base, PAGE), "header");
        try {
            if (!page.contains(0, 0x40)) {
                return Optional.empty();
            }
            long coff = page.u32(0x3c);
            if (!page.contains(coff, 0x78) || page.u32(coff) != 0x4550) {
                return Optional.empty();
            }
            long optional = coff + 24;
            boolean plus = page.u16(optional) == 0x20b;
            long directories = optional + (plus ? 0x70 : 0x60);
            long debug = directories + 6 * 8;
            return Optional.of(
                    new MappedHeader(
                            page.u32(coff + 8),
                            page.u32(optional + 0x40),
                            page.u32(optional + 0x38),
                            page.contains(debug, 8)
                                    ? pdb(memory, base, page.u32(debug), page.u32(debug + 4))
                                    : Optional.empty()));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<PdbId> pdb(Memory memory, long base, long rva, long size) {
        int count = (int) Math.min(size / DEBUG_ENTRY, MOST_ENTRIES);
        if (rva == 0 || count == 0) {
            return Optional.empty();
        }
        Bytes entries = Bytes.of(memory.readUpTo(base + rva, count * DEBUG_ENTRY), "debug");
        for (int i = 0; i < count && entries.contains((long) i * DEBUG_ENTRY, DEBUG_ENTRY); i++) {
            long at = (long) i * DEBUG_ENTRY;
            if (entries.u32(at + 12) == CODE_VIEW && entries.u32(at + 20) != 0) {
                int length = (int) Math.min(entries.u32(at + 16), LONGEST_RECORD);
                byte[] record = memory.readUpTo(base + entries.u32(at + 20), length);
                return PdbId.ofCodeView(Bytes.of(record, "CodeView"));
            }
        }
        return Optional.empty();
    }

    /** The parts of an image that are not code; the whole of it when its headers do not tell. */
    static List<AddressRange> dataOf(Memory memory, AddressRange image) {
        Bytes page = Bytes.of(memory.readUpTo(image.start(), PAGE), "header");
        var parts = new ArrayList<AddressRange>();
        try {
            long coff = page.u32(0x3c);
            long table = coff + 24 + page.u16(coff + 20);
            int count = page.u16(coff + 6);
            for (int i = 0; i < count && page.contains(table + i * SECTION, SECTION); i++) {
                long at = table + i * SECTION;
                long size = page.u32(at + 8);
                long rva = page.u32(at + 12);
                boolean inside = rva + size <= image.sizeBytes();
                if (inside && size > 0 && (page.u32(at + 36) & EXECUTE) == 0) {
                    parts.add(new AddressRange(image.start() + rva, size));
                }
            }
        } catch (FormatException e) {
            parts.clear();
        }
        return parts.isEmpty() ? List.of(image) : parts;
    }

    /** The image that holds an address: the nearest page below it that begins like one. */
    static Optional<AddressRange> imageAround(Memory memory, long va, int mostBytes) {
        long page = va & -PAGE;
        for (long back = 0; back <= mostBytes; back += PAGE) {
            Optional<MappedHeader> header = read(memory, page - back);
            if (header.isPresent() && header.get().sizeBytes() > back) {
                return Optional.of(new AddressRange(page - back, header.get().sizeBytes()));
            }
        }
        return Optional.empty();
    }
}
