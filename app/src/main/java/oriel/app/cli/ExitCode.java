package oriel.app.cli;

/** What the process tells its caller. */
public final class ExitCode {
    /** What was asked for was found. */
    public static final int FOUND = 0;

    /** The input is fine, and there is no crash in it or nothing was found. */
    public static final int NOTHING = 1;

    /** The arguments make no sense. */
    public static final int USAGE = 2;

    /** The input cannot be read as what it should be. */
    public static final int UNREADABLE = 3;

    private ExitCode() {}
}
