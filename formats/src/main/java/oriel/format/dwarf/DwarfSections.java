package oriel.format.dwarf;

import java.util.function.Function;
import oriel.bytes.Bytes;

/** The sections of debug information; those that are not there are empty. */
record DwarfSections(
        Bytes info,
        Bytes abbrev,
        Bytes line,
        Bytes str,
        Bytes lineStr,
        Bytes ranges,
        Bytes rangeLists,
        Bytes addresses,
        Bytes stringOffsets) {
    private static final int LONGEST_TEXT = 1 << 16;

    static DwarfSections of(Function<String, Bytes> named) {
        return new DwarfSections(
                named.apply(".debug_info"),
                named.apply(".debug_abbrev"),
                named.apply(".debug_line"),
                named.apply(".debug_str"),
                named.apply(".debug_line_str"),
                named.apply(".debug_ranges"),
                named.apply(".debug_rnglists"),
                named.apply(".debug_addr"),
                named.apply(".debug_str_offsets"));
    }

    /** Text in a section of texts; empty when it is not there. */
    static String text(Bytes section, long offset) {
        return offset >= 0 && offset < section.size() ? section.cString(offset, LONGEST_TEXT) : "";
    }
}
