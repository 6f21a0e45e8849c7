package oriel.format.dwarf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * The header of a unit in .debug_info.
 *
 * @param offset where the unit begins
 * @param end first offset after it
 * @param version 2 to 5
 * @param offsetSize 4, or 8 in 64-bit DWARF
 * @param addressSize 4 or 8
 * @param abbrevOffset its shapes in .debug_abbrev
 * @param firstEntry where its root entry begins
 */
record UnitHeader(
        long offset,
        long end,
        int version,
        int offsetSize,
        int addressSize,
        long abbrevOffset,
        long firstEntry) {
    private static final long WIDE = 0xffffffffL;
    private static final int SKELETON = 4;
    private static final int SPLIT_COMPILE = 5;
    private static final int TYPE = 2;
    private static final int SPLIT_TYPE = 6;

    /** The headers of all units; stops at the first that is damaged and tells why. */
    static List<UnitHeader> readAll(Bytes info, Consumer<String> problems) {
        var units = new ArrayList<UnitHeader>();
        long at = 0;
        try {
            while (at + 11 <= info.size()) {
                UnitHeader unit = read(info, at);
                if (unit.version >= 2 && unit.version <= 5) {
                    units.add(unit);
                } else {
                    problems.accept("unit of version " + unit.version + " left out");
                }
                at = unit.end;
            }
        } catch (FormatException e) {
            problems.accept(e.getMessage());
        }
        return units;
    }

    private static UnitHeader read(Bytes info, long start) {
        var in = new DwarfCursor(info, start);
        long length = in.u32();
        int offsetSize = 4;
        if (length == WIDE) {
            length = in.u64();
            offsetSize = 8;
        }
        long begin = in.at();
        if (length < 7 || length > info.size() - begin) {
            throw info.error(start, "unit of " + Long.toUnsignedString(length) + " bytes");
        }
        int version = in.u16();
        int addressSize;
        long abbrev;
        if (version < 2 || version > 5) {
            return new UnitHeader(start, begin + length, version, offsetSize, 0, 0, begin);
        }
        if (version >= 5) {
            int type = in.u8();
            addressSize = in.u8();
            abbrev = in.number(offsetSize);
            if (type == SKELETON || type == SPLIT_COMPILE) {
                in.skip(8);
            } else if (type == TYPE || type == SPLIT_TYPE) {
                in.skip(8L + offsetSize);
            }
        } else {
            abbrev = in.number(offsetSize);
            addressSize = in.u8();
        }
        if (addressSize != 4 && addressSize != 8) {
            throw info.error(start, "addresses of " + addressSize + " bytes");
        }
        return new UnitHeader(
                start, begin + length, version, offsetSize, addressSize, abbrev, in.at());
    }
}
