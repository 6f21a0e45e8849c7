package oriel.win32.raw;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32Util;
import oriel.driver.DriverException;

/** Turns failed calls into exceptions that say what failed, why and what would help. */
public final class Failures {
    /** ERROR_ACCESS_DENIED. */
    public static final int ACCESS_DENIED = 5;

    /** ERROR_INVALID_PARAMETER: for OpenProcess, that there is no such process. */
    public static final int INVALID_PARAMETER = 87;

    /** ERROR_PARTIAL_COPY: memory is there only in part. */
    public static final int PARTIAL_COPY = 299;

    private Failures() {}

    /** The failure of the call just made on this thread. */
    public static DriverException last(String call) {
        return of(call, Native.getLastError());
    }

    /** A failure by its Win32 error code. */
    public static DriverException of(String call, int code) {
        return new DriverException(call, code, explanation(code));
    }

    /** A failure by its NTSTATUS. */
    public static DriverException status(String call, int status) {
        int code = Ntdll.RtlNtStatusToDosError(status);
        return new DriverException(call, status, explanation(code));
    }

    /** Throws when a call that returns an NTSTATUS failed. */
    public static void check(String call, int status) {
        if (status < 0) {
            throw status(call, status);
        }
    }

    /** Throws when a call that returns a BOOL failed. */
    public static void check(String call, boolean succeeded) {
        if (!succeeded) {
            throw last(call);
        }
    }

    private static String explanation(int code) {
        String words = words(code);
        String text = words.isEmpty() || words.endsWith(".") ? words : words + ".";
        return code == ACCESS_DENIED
                ? text
                        + " Running as administrator or the debug privilege may help; protected"
                        + " processes stay closed."
                : text;
    }

    /** The system's words; empty when it has none for this code. */
    private static String words(int code) {
        try {
            return Kernel32Util.formatMessage(code).strip();
        } catch (LastErrorException e) {
            return "";
        }
    }
}
