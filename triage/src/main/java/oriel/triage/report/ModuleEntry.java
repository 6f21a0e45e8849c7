package oriel.triage.report;

import java.util.List;
import oriel.model.LoadedModule;

/**
 * A mapped image and what is odd about it.
 *
 * @param module the image
 * @param main whether it is the program itself
 * @param marks what is odd; empty as a rule
 * @param symbols where its symbols came from, best first; empty when none were looked for or found
 */
public record ModuleEntry(
        LoadedModule module, boolean main, List<Mark> marks, List<String> symbols) {
    /** Copies the lists. */
    public ModuleEntry {
        marks = List.copyOf(marks);
        symbols = List.copyOf(symbols);
    }

    /** What may be odd about an image. */
    public enum Mark {
        NO_VERSION("no version"),
        OUTSIDE_KNOWN_FOLDERS("outside the system's and the program's folders"),
        SYSTEM_NAME_ELSEWHERE("named like a system file but not in a system folder"),
        LIKE_SYSTEM_NAME("named almost like a system file"),
        OVERLAPPING("overlaps another module"),
        NO_NAME("no name");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        /** In lower case words. */
        public String text() {
            return text;
        }
    }
}
