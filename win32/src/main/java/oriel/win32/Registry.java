package oriel.win32;

import com.sun.jna.WString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;

/**
 * The registry of this machine or another. Paths are {@code HIVE\key\key} with short or long names
 * of hives: {@code HKLM\Software}, {@code HKEY_CURRENT_USER\Console}. Immutable. Safe for any
 * thread.
 */
public final class Registry {
    static final int READ = 0x20019;
    static final int WRITE = 0x2001f;
    private static final int DELETE = 0x10000;
    private static final int VIEW_64 = 0x0100;
    private static final int VIEW_32 = 0x0200;
    private static final int NOT_FOUND = 2;
    private static final int MOST_DEPTH = 512;

    private static final List<String> SHORT =
            List.of("HKCR", "HKCU", "HKLM", "HKU", "HKPD", "HKCC");
    private static final List<String> LONG =
            List.of(
                    "HKEY_CLASSES_ROOT",
                    "HKEY_CURRENT_USER",
                    "HKEY_LOCAL_MACHINE",
                    "HKEY_USERS",
                    "HKEY_PERFORMANCE_DATA",
                    "HKEY_CURRENT_CONFIG");

    private final String machine;
    private final int view;

    private Registry(String machine, int view) {
        this.machine = machine;
        this.view = view;
    }

    /** That of this machine, as 64-bit programs see it. */
    public static Registry local() {
        return new Registry("", VIEW_64);
    }

    /** That of another machine, which must run the service RemoteRegistry. */
    public static Registry remote(String machineName) {
        return new Registry("\\\\" + machineName.replace("\\", ""), VIEW_64);
    }

    /** The same as 32-bit programs see it. */
    public Registry view32() {
        return new Registry(machine, VIEW_32);
    }

    /** Short names of the hives that can be browsed. */
    public static List<String> hives() {
        return SHORT;
    }

    // --- keys ---------------------------------------------------------------------------------

    /**
     * Opens a key for reading.
     *
     * @throws DriverException when there is none, or it may not be read
     * @throws IllegalArgumentException when the path begins with no hive
     */
    public RegistryKey open(String path) {
        return open(path, READ);
    }

    /** Opens a key for reading and writing. */
    public RegistryKey openToWrite(String path) {
        return open(path, WRITE);
    }

    private RegistryKey open(String path, int access) {
        int hive = hive(path);
        long root = root(hive);
        String rest = rest(path);
        String whole = SHORT.get(hive) + (rest.isEmpty() ? "" : "\\" + rest);
        try {
            var result = new long[1];
            RegistryKey.check(
                    "RegOpenKeyEx " + whole,
                    Advapi32.RegOpenKeyExW(root, new WString(rest), 0, access | view, result));
            return new RegistryKey(whole, result[0], view);
        } finally {
            closeRoot(root);
        }
    }

    /** Opens a key for reading and writing; makes it, and those above it, when there is none. */
    public RegistryKey create(String path) {
        int hive = hive(path);
        long root = root(hive);
        try {
            String rest = rest(path);
            if (rest.isEmpty()) {
                throw new IllegalArgumentException("'" + path + "': a hive cannot be made");
            }
            return new RegistryKey(SHORT.get(hive), root, view).create(rest);
        } finally {
            closeRoot(root);
        }
    }

    /** Whether there is such a key. */
    public boolean exists(String path) {
        try (RegistryKey key = open(path)) {
            return !key.path().isEmpty();
        } catch (DriverException e) {
            if (e.code() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Takes away a key with all that is in it.
     *
     * @throws IllegalArgumentException for whole hives
     */
    public void delete(String path) {
        String rest = rest(path);
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("'" + path + "': whole hives are not deleted");
        }
        int last = rest.lastIndexOf('\\');
        String parent = SHORT.get(hive(path)) + (last < 0 ? "" : "\\" + rest.substring(0, last));
        String name = rest.substring(last + 1);
        try (RegistryKey key = open(path, WRITE | DELETE)) {
            key.clear();
        }
        try (RegistryKey key = openToWrite(parent)) {
            RegistryKey.check(
                    "RegDeleteKeyEx " + path,
                    Advapi32.RegDeleteKeyExW(key.handle(), new WString(name), view, 0));
        }
    }

    /** Copies a key with all that is in it; what is at the new place stays, unless named alike. */
    public void copy(String from, String to) {
        String inside = to.toLowerCase(Locale.ROOT) + "\\";
        if (inside.startsWith(from.toLowerCase(Locale.ROOT) + "\\")) {
            throw new IllegalArgumentException("'" + from + "' cannot be copied into itself");
        }
        try (RegistryKey source = open(from);
                RegistryKey target = create(to)) {
            copy(source, target, 0);
        }
    }

    private static void copy(RegistryKey source, RegistryKey target, int depth) {
        source.values().forEach(target::set);
        for (String name : depth < MOST_DEPTH ? source.subkeys() : List.<String>of()) {
            try (RegistryKey from = source.child(name);
                    RegistryKey to = target.create(name)) {
                copy(from, to, depth + 1);
            }
        }
    }

    // --- going through ------------------------------------------------------------------------

    /**
     * Shows a key and all in it to a visitor, parents first. Keys that may not be opened are left
     * out.
     *
     * @param visitor says whether to go on
     * @return whether the visitor wanted all
     */
    public boolean walk(String path, Predicate<RegistryKey> visitor) {
        try (RegistryKey key = open(path)) {
            return walk(key, visitor, 0);
        }
    }

    private static boolean walk(RegistryKey key, Predicate<RegistryKey> visitor, int depth) {
        if (!visitor.test(key)) {
            return false;
        }
        for (String name : depth < MOST_DEPTH ? key.subkeys() : List.<String>of()) {
            try (RegistryKey child = key.child(name)) {
                if (!walk(child, visitor, depth + 1)) {
                    return false;
                }
            } catch (DriverException e) {
                // Keys of the system that nobody may read are everywhere.
                continue;
            }
        }
        return true;
    }

    /**
     * A place that a search found.
     *
     * @param path of the key
     * @param value the value whose name or contents match; empty when the key's name does
     */
    public record Found(String path, Optional<RegistryValue> value) {}

    /**
     * Finds names of keys, names of values and texts in which an expression occurs.
     *
     * @param visitor takes each place, says whether to go on
     */
    public void search(String path, Pattern wanted, Predicate<Found> visitor) {
        walk(path, key -> search(key, wanted, visitor));
    }

    private static boolean search(RegistryKey key, Pattern wanted, Predicate<Found> visitor) {
        if (wanted.matcher(key.name()).find()
                && !visitor.test(new Found(key.path(), Optional.empty()))) {
            return false;
        }
        for (RegistryValue value : key.values()) {
            boolean found =
                    wanted.matcher(value.name()).find()
                            || value.texts().stream().anyMatch(t -> wanted.matcher(t).find());
            if (found && !visitor.test(new Found(key.path(), Optional.of(value)))) {
                return false;
            }
        }
        return true;
    }

    // --- paths --------------------------------------------------------------------------------

    private static int hive(String path) {
        int end = path.indexOf('\\');
        String name = (end < 0 ? path : path.substring(0, end)).toUpperCase(Locale.ROOT);
        int found = Math.max(SHORT.indexOf(name), LONG.indexOf(name));
        if (found < 0) {
            throw new IllegalArgumentException(
                    "'" + path + "' begins with no hive: " + String.join(", ", SHORT));
        }
        return found;
    }

    private static String rest(String path) {
        int end = path.indexOf('\\');
        String rest = end < 0 ? "" : path.substring(end + 1);
        while (rest.endsWith("\\")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest;
    }

    private long root(int hive) {
        // HKEY_CLASSES_ROOT is 0x80000000, sign-extended; HKEY_PERFORMANCE_DATA is 0x80000004.
        long predefined = 0xffffffff80000000L + hive;
        if (machine.isEmpty()) {
            return predefined;
        }
        var result = new long[1];
        RegistryKey.check(
                "RegConnectRegistry " + machine,
                Advapi32.RegConnectRegistryW(new WString(machine), predefined, result));
        return result[0];
    }

    private void closeRoot(long root) {
        if (!machine.isEmpty()) {
            Advapi32.RegCloseKey(root);
        }
    }

    /** A path with the long name of its hive, as files of the registry editor have it. */
    static String longPath(String path) {
        String rest = rest(path);
        return LONG.get(hive(path)) + (rest.isEmpty() ? "" : "\\" + rest);
    }
}
