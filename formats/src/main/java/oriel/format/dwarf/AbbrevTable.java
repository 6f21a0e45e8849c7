package oriel.format.dwarf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import oriel.bytes.Bytes;

/** The shapes of the entries of a unit (.debug_abbrev). */
final class AbbrevTable {
    private static final int IMPLICIT_CONST = 0x21;

    private final Map<Long, Abbrev> byCode = new HashMap<>();

    /** An attribute of a shape: its number, form, and value for constants that all share. */
    record Attribute(int name, int form, long constant) {}

    /** A shape. */
    record Abbrev(int tag, boolean hasChildren, List<Attribute> attributes) {}

    static AbbrevTable read(Bytes section, long offset) {
        var table = new AbbrevTable();
        var in = new DwarfCursor(section, offset);
        while (!in.atEnd()) {
            long code = in.uleb();
            if (code == 0) {
                break;
            }
            int tag = (int) in.uleb();
            boolean children = in.u8() != 0;
            var attributes = new ArrayList<Attribute>();
            while (true) {
                int name = (int) in.uleb();
                int form = (int) in.uleb();
                long constant = form == IMPLICIT_CONST ? in.sleb() : 0;
                if (name == 0 && form == 0) {
                    break;
                }
                attributes.add(new Attribute(name, form, constant));
            }
            table.byCode.putIfAbsent(code, new Abbrev(tag, children, attributes));
        }
        return table;
    }

    @Nullable Abbrev find(long code) {
        return byCode.get(code);
    }
}
