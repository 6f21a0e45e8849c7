package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/**
 * What an access token says, as Windows 10 writes it. The layout is not documented: in front stand
 * the type, the user and the groups, at the end the privileges and TOKEN_STATISTICS, which repeats
 * their numbers and so proves that they were found.
 *
 * @param impersonation whether a thread acts for someone else by it
 * @param user security identifier of the user
 * @param groups the groups, the integrity level among them
 * @param privileges the privileges
 */
public record TokenContents(
        boolean impersonation, String user, List<Group> groups, List<Privilege> privileges) {
    private static final int USER = 8;
    private static final int PAIR = 8;
    private static final int PRIVILEGE = 12;
    private static final int MOST_PRIVILEGES = 64;
    private static final int STATISTICS = 56;

    /** Behind TOKEN_STATISTICS. */
    private static final int TAIL = 8;

    /** Copies the lists. */
    public TokenContents {
        groups = List.copyOf(groups);
        privileges = List.copyOf(privileges);
    }

    /**
     * A group of the token.
     *
     * @param sid security identifier
     * @param attributes SE_GROUP_* bits: 4 is enabled, 10 for deny only, 20 is an integrity level
     */
    public record Group(String sid, long attributes) {}

    /**
     * A privilege of the token.
     *
     * @param number low half of its LUID, e.g. 20 for SeDebugPrivilege
     * @param attributes SE_PRIVILEGE_* bits: 2 is enabled
     */
    public record Privilege(long number, long attributes) {
        /** Whether it can be used without further ado. */
        public boolean isEnabled() {
            return (attributes & 2) != 0;
        }
    }

    /** The contents; empty when the data is of another layout. */
    static Optional<TokenContents> read(Bytes data) {
        try {
            String user = SecurityId.read(data, USER + data.u32(USER));
            long groups = groupsAt(data);
            return Optional.of(
                    new TokenContents(
                            data.u32(0) == 2, user, groups(data, groups), privileges(data)));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Behind the user's identifier, at a multiple of 8: TOKEN_GROUPS with offsets as pointers. */
    private static long groupsAt(Bytes data) {
        long sid = USER + data.u32(USER);
        long end = sid + 8 + 4L * data.u8(sid + 1);
        return end + 7 & ~7L;
    }

    private static List<Group> groups(Bytes data, long at) {
        int count = data.from(at).checkedCount(data.u32(at), PAIR, 4);
        var groups = new ArrayList<Group>(count);
        for (int i = 0; i < count; i++) {
            long pair = at + 4 + (long) i * PAIR;
            groups.add(new Group(SecurityId.read(data, at + data.u32(pair)), data.u32(pair + 4)));
        }
        return groups;
    }

    /** Found from the end; empty when TOKEN_STATISTICS does not confirm their number. */
    private static List<Privilege> privileges(Bytes data) {
        long statistics = data.size() - TAIL - STATISTICS;
        if (statistics < 0) {
            return List.of();
        }
        long count = data.u32(statistics + 44);
        long at = statistics - 4 - count * PRIVILEGE;
        if (count > MOST_PRIVILEGES || at < 0 || data.u32(at) != count) {
            return List.of();
        }
        var privileges = new ArrayList<Privilege>((int) count);
        for (long i = 0; i < count; i++) {
            long entry = at + 4 + i * PRIVILEGE;
            privileges.add(new Privilege(data.u32(entry), data.u32(entry + 8)));
        }
        return privileges;
    }
}
