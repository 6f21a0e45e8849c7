package oriel.format.pdb;

/**
 * One row of a line table.
 *
 * @param section of the code, from 1
 * @param offset of the code in its section
 * @param fileId the source file, as an offset into the checksums of the module
 * @param line from 1; {@link #isHidden} for code without a line of its own
 * @param endLine last line of the statement
 * @param column from 1, 0 when not known
 * @param endColumn from 1, 0 when not known
 * @param statement whether a statement begins here, else an expression
 */
public record LineEntry(
        int section,
        long offset,
        long fileId,
        int line,
        int endLine,
        int column,
        int endColumn,
        boolean statement) {
    /** A debugger is to step over code with this line. */
    static final int NEVER_STEP_INTO = 0xf00f00;

    /** A debugger is to step into code with this line. */
    static final int ALWAYS_STEP_INTO = 0xfeefee;

    /** Whether the compiler made the code up, so that it belongs to no line. */
    public boolean isHidden() {
        return line == NEVER_STEP_INTO || line == ALWAYS_STEP_INTO;
    }
}
