package oriel.win32;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Structures;
import oriel.win32.raw.Wtsapi32;

/**
 * A session of somebody who is logged on; session 0 is that of services.
 *
 * @param id its number
 * @param station name of its window station: {@code Console}, {@code RDP-Tcp#1}
 * @param state what it does now
 * @param user {@code DOMAIN\name}, empty when nobody is logged on
 */
public record TerminalSession(int id, String station, State state, String user) {
    private static final int VERSION = 1;
    private static final int USER_NAME = 5;
    private static final int DOMAIN_NAME = 7;

    /** WTS_CONNECTSTATE_CLASS, in the order of its numbers. */
    public enum State {
        ACTIVE,
        CONNECTED,
        CONNECTING,
        SHADOWING,
        DISCONNECTED,
        IDLE,
        LISTENING,
        RESETTING,
        DOWN,
        STARTING,
        UNKNOWN
    }

    /**
     * All sessions of this machine.
     *
     * @throws oriel.driver.DriverException when the system refuses
     */
    public static List<TerminalSession> list() {
        var place = new long[1];
        var count = new int[1];
        Failures.check(
                "WTSEnumerateSessions",
                Wtsapi32.WTSEnumerateSessionsW(0, 0, VERSION, place, count));
        var answer = new Pointer(place[0]);
        try {
            var found = new ArrayList<TerminalSession>();
            for (int i = 0; i < count[0]; i++) {
                Pointer each = answer.share((long) i * Structures.SESSION_SIZE);
                int id = each.getInt(0);
                Pointer station = each.getPointer(Structures.SESSION_STATION);
                int state = each.getInt(Structures.SESSION_STATE);
                found.add(
                        new TerminalSession(
                                id,
                                station == null ? "" : station.getWideString(0),
                                state >= 0 && state < State.UNKNOWN.ordinal()
                                        ? State.values()[state]
                                        : State.UNKNOWN,
                                account(text(id, DOMAIN_NAME), text(id, USER_NAME))));
            }
            return found;
        } finally {
            Wtsapi32.WTSFreeMemory(answer);
        }
    }

    private static String account(String domain, String user) {
        return user.isEmpty() || domain.isEmpty() ? user : domain + "\\" + user;
    }

    private static String text(int session, int kind) {
        var place = new long[1];
        var size = new int[1];
        if (!Wtsapi32.WTSQuerySessionInformationW(0, session, kind, place, size) || place[0] == 0) {
            return "";
        }
        var answer = new Pointer(place[0]);
        try {
            return size[0] < 2 ? "" : answer.getWideString(0);
        } finally {
            Wtsapi32.WTSFreeMemory(answer);
        }
    }

    /**
     * Users of processes by process id, of those that nobody may open too. Processes of which the
     * system does not tell are missing.
     *
     * @throws oriel.driver.DriverException when the system refuses
     */
    public static Map<Long, String> usersOfProcesses() {
        var place = new long[1];
        var count = new int[1];
        Failures.check(
                "WTSEnumerateProcesses",
                Wtsapi32.WTSEnumerateProcessesW(0, 0, VERSION, place, count));
        var answer = new Pointer(place[0]);
        try {
            var names = new HashMap<String, String>();
            var found = new HashMap<Long, String>();
            for (int i = 0; i < count[0]; i++) {
                Pointer each = answer.share((long) i * Structures.SESSION_PROCESS_SIZE);
                long processId = each.getInt(Structures.SESSION_PROCESS_ID) & 0xffffffffL;
                Pointer id = each.getPointer(Structures.SESSION_PROCESS_USER);
                if (id != null) {
                    // Hundreds of processes belong to a handful of accounts.
                    String key = java.util.Arrays.toString(id.getByteArray(0, sizeOf(id)));
                    found.put(processId, names.computeIfAbsent(key, k -> AccountNames.of(id)));
                }
            }
            return found;
        } finally {
            Wtsapi32.WTSFreeMemory(answer);
        }
    }

    private static int sizeOf(Pointer securityId) {
        return 8 + (securityId.getByte(1) & 0xff) * 4;
    }
}
