package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Locale;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/**
 * On whose behalf a process runs, and how far it is trusted: what its token says.
 *
 * @param user {@code DOMAIN\name}, or the id of an account that is gone
 * @param integrity how far it is trusted
 * @param elevated whether it runs as administrator in full
 * @param sandboxed whether it runs in an app container
 */
public record ProcessOwner(String user, Integrity integrity, boolean elevated, boolean sandboxed) {
    // TOKEN_INFORMATION_CLASS
    private static final int USER = 1;
    private static final int ELEVATION = 20;
    private static final int INTEGRITY = 25;
    private static final int APP_CONTAINER = 29;

    private static final int QUERY = 0x8;

    /** Mandatory integrity level: a process cannot change what is of a higher one. */
    public enum Integrity {
        UNTRUSTED(0),
        LOW(0x1000),
        MEDIUM(0x2000),
        HIGH(0x3000),
        SYSTEM(0x4000),
        PROTECTED(0x5000);

        private final int from;

        Integrity(int from) {
            this.from = from;
        }

        /** The level that a relative id of a mandatory label is of. */
        static Integrity of(long relativeId) {
            Integrity found = UNTRUSTED;
            for (Integrity each : values()) {
                found = relativeId >= each.from ? each : found;
            }
            return found;
        }

        /** Its name in lower case. */
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ProcessOwner of(WindowsProcess process) {
        var token = new long[1];
        Failures.check(
                "OpenProcessToken " + process.processId(),
                Advapi32.OpenProcessToken(process.handle(), QUERY, token));
        try (var answer = new Memory(256)) {
            ask(token[0], USER, answer);
            String user = AccountNames.of(answer.getPointer(0));
            ask(token[0], INTEGRITY, answer);
            Integrity integrity = Integrity.of(lastPart(answer.getPointer(0)));
            ask(token[0], ELEVATION, answer);
            boolean elevated = answer.getInt(0) != 0;
            boolean sandboxed =
                    Advapi32.GetTokenInformation(token[0], APP_CONTAINER, answer, 4, new int[1])
                            && answer.getInt(0) != 0;
            return new ProcessOwner(user, integrity, elevated, sandboxed);
        } finally {
            Kernel32.CloseHandle(token[0]);
        }
    }

    private static void ask(long token, int kind, Memory answer) {
        Failures.check(
                "GetTokenInformation",
                Advapi32.GetTokenInformation(token, kind, answer, (int) answer.size(), new int[1]));
    }

    /** A SID is a revision, a count of parts, six bytes of authority, and the parts. */
    private static long lastPart(Pointer securityId) {
        int parts = securityId.getByte(1) & 0xff;
        return parts == 0 ? 0 : securityId.getInt(8 + (parts - 1) * 4L) & 0xffffffffL;
    }
}
