package oriel.bench.symbols;

import java.util.List;

/** Whether two answers say the same, but for the spelling of names. */
final class Spelling {
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
        boolean special = theirs.endsWith("::{ctor}") || theirs.endsWith("::{dtor}");
        // It has no name for assembler code without type information.
        return theirs.isEmpty() || special && ours.startsWith(theirs.substring(0, theirs.length() - 6));
    }
}
