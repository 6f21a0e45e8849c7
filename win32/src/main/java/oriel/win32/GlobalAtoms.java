package oriel.win32;

import com.sun.jna.WString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/** The table of short texts that all programs of a session share. */
public final class GlobalAtoms {
    private static final int FIRST = 0xc000;
    private static final int LAST = 0xffff;
    private static final int MOST_TEXT = 256;

    /**
     * One text.
     *
     * @param atom its number, 0xc000 to 0xffff
     * @param text at most 255 characters
     */
    public record Atom(int atom, String text) {}

    private GlobalAtoms() {}

    /** All that are in the table. */
    public static List<Atom> list() {
        var found = new ArrayList<Atom>();
        for (int atom = FIRST; atom <= LAST; atom++) {
            int number = atom;
            text(atom).ifPresent(text -> found.add(new Atom(number, text)));
        }
        return found;
    }

    /** The text of an atom. */
    public static Optional<String> text(int atom) {
        var text = new char[MOST_TEXT];
        int length = Kernel32.GlobalGetAtomNameW((short) atom, text, text.length);
        return length == 0 ? Optional.empty() : Optional.of(new String(text, 0, length));
    }

    /** Adds a text, or counts it once more. Returns its atom. */
    public static int add(String text) {
        int atom = Kernel32.GlobalAddAtomW(new WString(text)) & 0xffff;
        if (atom == 0) {
            throw Failures.last("GlobalAddAtom");
        }
        return atom;
    }

    /** Undoes one addition. */
    public static void remove(int atom) {
        Kernel32.GlobalDeleteAtom((short) atom);
    }
}
