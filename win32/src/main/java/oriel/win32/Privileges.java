package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.WString;
import java.util.ArrayList;
import java.util.List;
import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * What this program is allowed to do, by the names of Windows ({@code SeDebugPrivilege}). Holds for
 * the whole program, all its threads.
 */
public final class Privileges {
    /** Opens the processes of other users and of the system. */
    public static final String DEBUG = "SeDebugPrivilege";

    private static final long THIS_PROCESS = -1;
    private static final int QUERY = 0x8;
    private static final int ADJUST = 0x20;
    private static final int ENABLED = 2;
    private static final int LIST = 3;
    private static final int ELEVATION = 20;
    private static final int NOT_ALL_ASSIGNED = 1300;
    private static final int MOST = 128;

    /**
     * A privilege that the token holds.
     *
     * @param name its name
     * @param enabled whether it is in force
     */
    public record Held(String name, boolean enabled) {}

    private Privileges() {}

    /**
     * Puts privileges in force that the user has.
     *
     * @return whether the user has all of them
     * @throws DriverException when a name is none
     */
    public static boolean enable(String... names) {
        return adjust(ENABLED, names);
    }

    /** Puts privileges out of force. */
    public static void disable(String... names) {
        adjust(0, names);
    }

    private static boolean adjust(int attributes, String... names) {
        long token = token(QUERY | ADJUST);
        try (var wanted =
                new Memory(4 + (long) Structures.PRIVILEGE_SIZE * Math.max(1, names.length))) {
            wanted.clear();
            wanted.setInt(0, names.length);
            for (int i = 0; i < names.length; i++) {
                var id = new long[1];
                Failures.check(
                        "LookupPrivilegeValue " + names[i],
                        Advapi32.LookupPrivilegeValueW(null, new WString(names[i]), id));
                wanted.setLong(4 + (long) i * Structures.PRIVILEGE_SIZE, id[0]);
                wanted.setInt(
                        4 + (long) i * Structures.PRIVILEGE_SIZE + Structures.PRIVILEGE_ATTRIBUTES,
                        attributes);
            }
            boolean good = Advapi32.AdjustTokenPrivileges(token, false, wanted, 0, null, null);
            int code = Native.getLastError();
            if (!good) {
                throw Failures.of("AdjustTokenPrivileges", code);
            }
            return code != NOT_ALL_ASSIGNED;
        } finally {
            Kernel32.CloseHandle(token);
        }
    }

    /** All that the token of this program holds. */
    public static List<Held> held() {
        long token = token(QUERY);
        try (var answer = new Memory(4 + (long) Structures.PRIVILEGE_SIZE * MOST)) {
            Failures.check(
                    "GetTokenInformation",
                    Advapi32.GetTokenInformation(
                            token, LIST, answer, (int) answer.size(), new int[1]));
            var found = new ArrayList<Held>();
            for (int i = 0; i < Math.min(answer.getInt(0), MOST); i++) {
                var id = new long[] {answer.getLong(4 + (long) i * Structures.PRIVILEGE_SIZE)};
                int bits =
                        answer.getInt(
                                4
                                        + (long) i * Structures.PRIVILEGE_SIZE
                                        + Structures.PRIVILEGE_ATTRIBUTES);
                var name = new char[64];
                var size = new int[] {name.length};
                if (Advapi32.LookupPrivilegeNameW(null, id, name, size)) {
                    found.add(new Held(new String(name, 0, size[0]), (bits & ENABLED) != 0));
                }
            }
            return found;
        } finally {
            Kernel32.CloseHandle(token);
        }
    }

    /** Whether this program runs as administrator in full (UAC). */
    public static boolean isElevated() {
        long token = token(QUERY);
        try (var answer = new Memory(4)) {
            Failures.check(
                    "GetTokenInformation",
                    Advapi32.GetTokenInformation(token, ELEVATION, answer, 4, new int[1]));
            return answer.getInt(0) != 0;
        } finally {
            Kernel32.CloseHandle(token);
        }
    }

    private static long token(int access) {
        var token = new long[1];
        Failures.check("OpenProcessToken", Advapi32.OpenProcessToken(THIS_PROCESS, access, token));
        return token[0];
    }
}
