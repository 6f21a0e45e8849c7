package oriel.engine.kernel;

/**
 * Where a member of a kernel structure lies, and who says so. Offsets are never guessed silently.
 *
 * @param value bytes from the beginning of the structure
 * @param origin who says so
 */
public record KnownOffset(int value, Origin origin) {
    /** Who tells an offset. */
    public enum Origin {
        /** The debugger data block of the kernel itself. */
        DEBUGGER_DATA("debugger data block"),
        /** The types of the kernel's PDB. */
        SYMBOLS("symbols"),
        /** A table of builds, confirmed by what is in memory. */
        TABLE("table of builds, confirmed"),
        /** Found in memory by checks that only the right place passes. */
        RECOVERED("recovered by checks");

        private final String text;

        Origin(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }
    }
}
