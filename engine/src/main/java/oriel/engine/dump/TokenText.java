package oriel.engine.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oriel.format.minidump.TokenContents;
import oriel.format.minidump.TokenContents.Group;
import oriel.format.minidump.TokenContents.Privilege;

/** Puts an access token into words: well-known identifiers and privileges by name. */
final class TokenText {
    private static final int DENY_ONLY = 0x10;
    private static final int INTEGRITY = 0x20;

    /** Security identifiers that are the same on every machine ([MS-DTYP] 2.4.2.4). */
    private static final Map<String, String> KNOWN =
            Map.ofEntries(
                    Map.entry("S-1-1-0", "Everyone"),
                    Map.entry("S-1-2-0", "LOCAL"),
                    Map.entry("S-1-2-1", "CONSOLE LOGON"),
                    Map.entry("S-1-5-2", "NETWORK"),
                    Map.entry("S-1-5-4", "INTERACTIVE"),
                    Map.entry("S-1-5-6", "SERVICE"),
                    Map.entry("S-1-5-11", "Authenticated Users"),
                    Map.entry("S-1-5-15", "This Organization"),
                    Map.entry("S-1-5-18", "SYSTEM"),
                    Map.entry("S-1-5-19", "LOCAL SERVICE"),
                    Map.entry("S-1-5-20", "NETWORK SERVICE"),
                    Map.entry("S-1-5-113", "Local account"),
                    Map.entry("S-1-5-114", "Local account and member of Administrators"),
                    Map.entry("S-1-5-32-544", "Administrators"),
                    Map.entry("S-1-5-32-545", "Users"),
                    Map.entry("S-1-5-32-546", "Guests"),
                    Map.entry("S-1-5-32-551", "Backup Operators"),
                    Map.entry("S-1-5-32-555", "Remote Desktop Users"),
                    Map.entry("S-1-5-32-559", "Performance Log Users"),
                    Map.entry("S-1-5-64-10", "NTLM Authentication"));

    /** From SE_CREATE_TOKEN_PRIVILEGE, 2, on, in the order of their numbers. */
    private static final String[] PRIVILEGES = {
        "CreateToken",
        "AssignPrimaryToken",
        "LockMemory",
        "IncreaseQuota",
        "MachineAccount",
        "Tcb",
        "Security",
        "TakeOwnership",
        "LoadDriver",
        "SystemProfile",
        "Systemtime",
        "ProfileSingleProcess",
        "IncreaseBasePriority",
        "CreatePagefile",
        "CreatePermanent",
        "Backup",
        "Restore",
        "Shutdown",
        "Debug",
        "Audit",
        "SystemEnvironment",
        "ChangeNotify",
        "RemoteShutdown",
        "Undock",
        "SyncAgent",
        "EnableDelegation",
        "ManageVolume",
        "Impersonate",
        "CreateGlobal",
        "TrustedCredManAccess",
        "Relabel",
        "IncreaseWorkingSet",
        "TimeZone",
        "CreateSymbolicLink",
        "DelegateSessionUserImpersonate"
    };

    private TokenText() {}

    /** {@code SYSTEM (S-1-5-18)}, or the identifier itself. */
    static String user(TokenContents token) {
        String known = KNOWN.getOrDefault(token.user(), "");
        String name = known.isEmpty() ? token.user() : known + " (" + token.user() + ")";
        return token.impersonation() ? name + ", impersonated" : name;
    }

    /** The well-known groups by name, the others counted. */
    static String groups(TokenContents token) {
        var names = new ArrayList<String>();
        int others = 0;
        for (Group group : token.groups()) {
            if ((group.attributes() & INTEGRITY) != 0) {
                continue;
            }
            String name = KNOWN.getOrDefault(group.sid(), "");
            if (name.isEmpty()) {
                others++;
            } else {
                names.add((group.attributes() & DENY_ONLY) != 0 ? name + " (deny only)" : name);
            }
        }
        if (others > 0) {
            names.add(others + (names.isEmpty() ? " unknown" : " more"));
        }
        return String.join(", ", names);
    }

    /** The privileges that are enabled. */
    static String enabled(List<Privilege> privileges) {
        var names = new ArrayList<String>();
        for (Privilege privilege : privileges) {
            if (privilege.isEnabled()) {
                long index = privilege.number() - 2;
                names.add(
                        index >= 0 && index < PRIVILEGES.length
                                ? "Se" + PRIVILEGES[(int) index] + "Privilege"
                                : "privilege " + privilege.number());
            }
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
