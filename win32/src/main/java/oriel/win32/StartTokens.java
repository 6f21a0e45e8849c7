package oriel.win32;

import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/** Tokens to start programs with fewer rights. The caller closes them. */
final class StartTokens {
    private static final int USER_SCOPE = 2;
    private static final int OPEN_LEVEL = 1;
    private static final int QUERY_INFORMATION = 0x0400;
    private static final int DUPLICATE = 0x0002;
    private static final int ALL_A_START_NEEDS = 0x0001 | 0x0002 | 0x0008 | 0x0080 | 0x0100;
    private static final int IMPERSONATION = 2;
    private static final int PRIMARY = 1;

    private StartTokens() {}

    /** A token of a SAFER level. */
    static long ofLevel(int level) {
        var handle = new long[1];
        Failures.check(
                "SaferCreateLevel",
                Advapi32.SaferCreateLevel(USER_SCOPE, level, OPEN_LEVEL, handle, null));
        try {
            var token = new long[1];
            Failures.check(
                    "SaferComputeTokenFromLevel",
                    Advapi32.SaferComputeTokenFromLevel(handle[0], 0, token, 0, null));
            return token[0];
        } finally {
            Advapi32.SaferCloseLevel(handle[0]);
        }
    }

    /** A copy of the token of the process that owns the shell's window. */
    static long ofShell() {
        long shell = TopLevelWindows.shell().map(DesktopWindow::processId).orElse(0L);
        if (shell == 0) {
            throw new DriverException(
                    "GetShellWindow", 0, "No shell is running whose rights could be taken.");
        }
        long process = Kernel32.OpenProcess(QUERY_INFORMATION, false, (int) shell);
        if (process == 0) {
            throw Failures.last("OpenProcess " + shell + " (the shell)");
        }
        var token = new long[1];
        try {
            Failures.check(
                    "OpenProcessToken", Advapi32.OpenProcessToken(process, DUPLICATE, token));
            var copy = new long[1];
            Failures.check(
                    "DuplicateTokenEx",
                    Advapi32.DuplicateTokenEx(
                            token[0], ALL_A_START_NEEDS, null, IMPERSONATION, PRIMARY, copy));
            return copy[0];
        } finally {
            Kernel32.CloseHandle(process);
            if (token[0] != 0) {
                Kernel32.CloseHandle(token[0]);
            }
        }
    }
}
