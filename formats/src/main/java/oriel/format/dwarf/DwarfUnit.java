package oriel.format.dwarf;

import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.RangeTable;

/** A unit: its root entry, and how the values of its entries are resolved. */
final class DwarfUnit {
    private static final int MAX_RANGES = 1 << 20;

    private final DwarfSections sections;
    private final UnitHeader header;
    private final AbbrevTable abbrevs;
    private final long base;
    private final long stringOffsetsBase;
    private final long addressBase;
    private final long rangeListsBase;
    private final long lineOffset;
    private final String name;
    private final String directory;
    private final RangeTable ranges = new RangeTable();

    DwarfUnit(DwarfSections sections, UnitHeader header, AbbrevTable abbrevs) {
        this.sections = sections;
        this.header = header;
        this.abbrevs = abbrevs;
        var root = new Die();
        root.read(cursor(header.firstEntry()), header, abbrevs);
        int tableHeader = header.offsetSize() == 8 ? 16 : 8;
        stringOffsetsBase =
                root.stringOffsetsBase.isPresent() ? root.stringOffsetsBase.number : tableHeader;
        addressBase = root.addressBase.isPresent() ? root.addressBase.number : tableHeader;
        rangeListsBase = root.rangeListsBase.number;
        lineOffset = root.lines.isPresent() ? root.lines.number : -1;
        base = root.lowPc.isPresent() ? address(root.lowPc) : 0;
        name = text(root.name);
        directory = text(root.directory);
        ranges(root, ranges, 0);
    }

    UnitHeader header() {
        return header;
    }

    String name() {
        return name;
    }

    String directory() {
        return directory;
    }

    /** Offset of the line table; -1 when there is none. */
    long lineOffset() {
        return lineOffset;
    }

    /** Code of the unit; empty when the root entry does not tell. */
    RangeTable ranges() {
        return ranges;
    }

    /** Stands before the entry at an offset of .debug_info, within this unit. */
    DwarfCursor cursor(long offset) {
        return new DwarfCursor(sections.info().slice(0, header.end()), offset);
    }

    boolean read(Die die, DwarfCursor in) {
        return die.read(in, header, abbrevs);
    }

    String text(AttributeValue value) {
        return switch (value.kind) {
            case TEXT_INLINE -> DwarfSections.text(sections.info(), value.number);
            case TEXT_STR -> DwarfSections.text(sections.str(), value.number);
            case TEXT_LINE_STR -> DwarfSections.text(sections.lineStr(), value.number);
            case TEXT_INDEX -> {
                long at = stringOffsetsBase + value.number * header.offsetSize();
                Bytes offsets = sections.stringOffsets();
                yield offsets.contains(at, header.offsetSize())
                        ? DwarfSections.text(
                                sections.str(),
                                new DwarfCursor(offsets, at).number(header.offsetSize()))
                        : "";
            }
            default -> "";
        };
    }

    long address(AttributeValue value) {
        return value.kind == AttributeValue.Kind.ADDRESS_INDEX
                ? addressAt(value.number)
                : value.number;
    }

    /** Adds the code of an entry, be it one range or a list. */
    void ranges(Die die, RangeTable into, int owner) {
        if (die.lowPc.isPresent() && die.highPc.isPresent()) {
            long low = address(die.lowPc);
            boolean isAddress = die.highPc.kind != AttributeValue.Kind.NUMBER;
            // Size since version 4, address before.
            long high = isAddress ? address(die.highPc) : low + die.highPc.number;
            if (low != 0) {
                add(into, low, high, owner);
            }
        } else if (die.ranges.isPresent()) {
            try {
                if (header.version() >= 5) {
                    rangeList(die.ranges, into, owner);
                } else {
                    rangePairs(die.ranges.number, into, owner);
                }
            } catch (FormatException e) {
                // The ranges read before the damage stay.
            }
        }
    }

    /** Leaves out what is empty, as code dropped by the linker is, and what is no address. */
    private static void add(RangeTable into, long low, long high, int owner) {
        if (low >= 0 && low < high) {
            into.add(low, high - low, owner);
        }
    }

    private void rangePairs(long offset, RangeTable into, int owner) {
        var in = new DwarfCursor(sections.ranges(), offset);
        int width = header.addressSize();
        long all = width == 4 ? 0xffffffffL : -1L;
        long start = base;
        for (int i = 0; i < MAX_RANGES; i++) {
            long low = in.number(width);
            long high = in.number(width);
            if (low == 0 && high == 0) {
                return;
            }
            if (low == all) {
                start = high;
            } else {
                add(into, start + low, start + high, owner);
            }
        }
    }

    private void rangeList(AttributeValue value, RangeTable into, int owner) {
        long offset = value.number;
        if (value.kind == AttributeValue.Kind.RANGE_LIST_INDEX) {
            long slot = rangeListsBase + value.number * header.offsetSize();
            offset =
                    rangeListsBase
                            + new DwarfCursor(sections.rangeLists(), slot)
                                    .number(header.offsetSize());
        }
        var in = new DwarfCursor(sections.rangeLists(), offset);
        int width = header.addressSize();
        long start = base;
        for (int i = 0; i < MAX_RANGES; i++) {
            switch (in.u8()) {
                case 0 -> {
                    return;
                }
                case 1 -> start = addressAt(in.uleb());
                case 2 -> add(into, addressAt(in.uleb()), addressAt(in.uleb()), owner);
                case 3 -> {
                    long low = addressAt(in.uleb());
                    add(into, low, low + in.uleb(), owner);
                }
                case 4 -> {
                    long low = start + in.uleb();
                    add(into, low, start + in.uleb(), owner);
                }
                case 5 -> start = in.number(width);
                case 6 -> {
                    long low = in.number(width);
                    add(into, low, in.number(width), owner);
                }
                case 7 -> {
                    long low = in.number(width);
                    add(into, low, low + in.uleb(), owner);
                }
                default -> throw in.error("unknown entry of a range list");
            }
        }
    }

    private long addressAt(long index) {
        long at = addressBase + index * header.addressSize();
        return sections.addresses().contains(at, header.addressSize())
                ? new DwarfCursor(sections.addresses(), at).number(header.addressSize())
                : 0;
    }
}
