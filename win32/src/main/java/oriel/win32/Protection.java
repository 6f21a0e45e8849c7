package oriel.win32;

/** Protection of pages: the PAGE_ constants. */
public final class Protection {
    public static final int NO_ACCESS = 0x01;
    public static final int READ_ONLY = 0x02;
    public static final int READ_WRITE = 0x04;
    public static final int WRITE_COPY = 0x08;
    public static final int EXECUTE = 0x10;
    public static final int EXECUTE_READ = 0x20;
    public static final int EXECUTE_READ_WRITE = 0x40;
    public static final int EXECUTE_WRITE_COPY = 0x80;

    /** Added to another one: the first access raises an exception and clears it. */
    public static final int GUARD = 0x100;

    private Protection() {}
}
