package oriel.format.dwarf;

import org.jspecify.annotations.Nullable;

/**
 * A debugging information entry, as far as functions and lines need it. Reused for one entry after
 * the other; for one thread.
 */
final class Die {
    static final int INLINED_SUBROUTINE = 0x1d;
    static final int SUBPROGRAM = 0x2e;

    private static final int AT_NAME = 0x03;
    private static final int AT_STMT_LIST = 0x10;
    private static final int AT_LOW_PC = 0x11;
    private static final int AT_HIGH_PC = 0x12;
    private static final int AT_COMP_DIR = 0x1b;
    private static final int AT_ABSTRACT_ORIGIN = 0x31;
    private static final int AT_SPECIFICATION = 0x47;
    private static final int AT_RANGES = 0x55;
    private static final int AT_CALL_COLUMN = 0x57;
    private static final int AT_CALL_FILE = 0x58;
    private static final int AT_CALL_LINE = 0x59;
    private static final int AT_LINKAGE_NAME = 0x6e;
    private static final int AT_STR_OFFSETS_BASE = 0x72;
    private static final int AT_ADDR_BASE = 0x73;
    private static final int AT_RNGLISTS_BASE = 0x74;
    private static final int AT_MIPS_LINKAGE_NAME = 0x2007;

    final AttributeValue name = new AttributeValue();
    final AttributeValue linkageName = new AttributeValue();
    final AttributeValue directory = new AttributeValue();
    final AttributeValue lowPc = new AttributeValue();
    final AttributeValue highPc = new AttributeValue();
    final AttributeValue ranges = new AttributeValue();
    final AttributeValue lines = new AttributeValue();
    final AttributeValue origin = new AttributeValue();
    final AttributeValue specification = new AttributeValue();
    final AttributeValue callFile = new AttributeValue();
    final AttributeValue callLine = new AttributeValue();
    final AttributeValue callColumn = new AttributeValue();
    final AttributeValue stringOffsetsBase = new AttributeValue();
    final AttributeValue addressBase = new AttributeValue();
    final AttributeValue rangeListsBase = new AttributeValue();
    private final AttributeValue ignored = new AttributeValue();
    private final AttributeValue[] all = {
        name,
        linkageName,
        directory,
        lowPc,
        highPc,
        ranges,
        lines,
        origin,
        specification,
        callFile,
        callLine,
        callColumn,
        stringOffsetsBase,
        addressBase,
        rangeListsBase
    };
    long offset;
    int tag;
    boolean hasChildren;

    /** Reads the next entry; false for the mark that ends a list of children. */
    boolean read(DwarfCursor in, UnitHeader unit, AbbrevTable abbrevs) {
        offset = in.at();
        for (AttributeValue value : all) {
            value.clear();
        }
        tag = 0;
        hasChildren = false;
        long code = in.uleb();
        if (code == 0) {
            return false;
        }
        AbbrevTable.@Nullable Abbrev abbrev = abbrevs.find(code);
        if (abbrev == null) {
            throw in.error("entry of unknown shape " + Long.toUnsignedString(code));
        }
        tag = abbrev.tag();
        hasChildren = abbrev.hasChildren();
        for (AbbrevTable.Attribute attribute : abbrev.attributes()) {
            slot(attribute.name()).read(in, unit, attribute.form(), attribute.constant());
        }
        return true;
    }

    private AttributeValue slot(int attribute) {
        return switch (attribute) {
            case AT_NAME -> name;
            case AT_STMT_LIST -> lines;
            case AT_LOW_PC -> lowPc;
            case AT_HIGH_PC -> highPc;
            case AT_COMP_DIR -> directory;
            case AT_ABSTRACT_ORIGIN -> origin;
            case AT_SPECIFICATION -> specification;
            case AT_RANGES -> ranges;
            case AT_CALL_COLUMN -> callColumn;
            case AT_CALL_FILE -> callFile;
            case AT_CALL_LINE -> callLine;
            case AT_LINKAGE_NAME, AT_MIPS_LINKAGE_NAME -> linkageName;
            case AT_STR_OFFSETS_BASE -> stringOffsetsBase;
            case AT_ADDR_BASE -> addressBase;
            case AT_RNGLISTS_BASE -> rangeListsBase;
            default -> ignored;
        };
    }
}
