package oriel.driver;

/** A call to the system that runs the target failed. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int code;

    /**
     * @param call name of the function that failed, with what it was asked for if that helps
     * @param code error code of the system (Win32 error or NTSTATUS)
     * @param explanation the system's words for it and what the user can do; may be empty
     */
    public DriverException(String call, int code, String explanation) {
        super(
                call
                        + ": "
                        + (explanation.isEmpty() ? "" : explanation + " ")
                        + "(error "
                        + (code < 0 ? "0x" + Integer.toHexString(code) : Integer.toString(code))
                        + ")");
        this.call = call;
        this.code = code;
    }

    /** The function that failed. */
    public String call() {
        return call;
    }

    /** Win32 error code, or NTSTATUS when negative. */
    public int code() {
        return code;
    }
}
