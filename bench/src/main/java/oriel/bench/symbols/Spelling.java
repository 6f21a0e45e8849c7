package oriel.bench.symbols;

import java.util.List;
import java.util.regex.Pattern;

/** Whether two answers say the same, but for the spelling of names. */
final class Spelling {
    private static final Pattern DECORATION =
            // Also the mark of a clone that GCC made: .part.0, .cold.
            Pattern.compile("^[_@]+|@\\d+$|\\.(part|cold|isra|constprop)\\b.*$");

    private Spelling() {}

    /** What differs; empty when nothing does. */
    static String rule(Answer ours, Answer theirs) {
        if (ours.frames().size() != theirs.frames().size()) {
            return "inlined functions";
        }
        if (!ours.lines().equals(theirs.lines())) {
            return "lines";
        }
        List<Answer.Frame> our = ours.frames();
        for (int i = 0; i < our.size(); i++) {
            if (!same(our.get(i).name(), theirs.frames().get(i).name())) {
                return "names";
            }
        }
        return "";
    }

    /** Constructors and destructors have made-up names in the records of inlined functions. */
    private static boolean same(String ours, String theirs) {
        if (ours.equals(theirs)) {
            return true;
        }
        // It has no name for assembler code without type information, and takes the one of the
        // symbol table for functions in DWARF, decorated as in 32-bit objects: _main@12.
        if (theirs.isEmpty() || plain(theirs).equals(plain(ours))) {
            return true;
        }
        boolean special = theirs.endsWith("::{ctor}") || theirs.endsWith("::{dtor}");
        return special && ours.startsWith(theirs.substring(0, theirs.length() - 6));
    }

    private static String plain(String name) {
        return DECORATION.matcher(name).replaceAll("");
    }
}
