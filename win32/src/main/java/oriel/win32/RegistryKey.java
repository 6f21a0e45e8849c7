package oriel.win32;

import com.sun.jna.WString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oriel.driver.DriverException;
import oriel.win32.raw.Advapi32;
import oriel.win32.raw.Failures;

/** An open key of the registry. Others may change it any time. Close it when done. */
public final class RegistryKey implements AutoCloseable {
    private static final int MOST_NAME = 1 << 14;
    private static final int NO_MORE = 259;
    private static final int MORE_DATA = 234;
    private static final int NOT_FOUND = 2;
    private static final int MOST_DATA = 1 << 28;

    private final String path;
    private final long handle;
    private final int view;

    RegistryKey(String path, long handle, int view) {
        this.path = path;
        this.handle = handle;
        this.view = view;
    }

    /** Its path, from the hive on. */
    public String path() {
        return path;
    }

    /** The last part of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    /** HKEY, for calls that this class does not have. */
    public long handle() {
        return handle;
    }

    // --- keys ---------------------------------------------------------------------------------

    /** Names of the keys in it. */
    public List<String> subkeys() {
        var names = new ArrayList<String>();
        var name = new char[256];
        for (int i = 0; ; i++) {
            var size = new int[] {name.length};
            int code = Advapi32.RegEnumKeyExW(handle, i, name, size, null, null, null, new long[1]);
            if (code == NO_MORE) {
                return names;
            }
            check("RegEnumKeyEx", code);
            names.add(new String(name, 0, size[0]));
        }
    }

    /** When a key in it was last written, where the system tells. */
    public Optional<Instant> written(String subkey) {
        var name = new char[256];
        for (int i = 0; ; i++) {
            var size = new int[] {name.length};
            var time = new long[1];
            int code = Advapi32.RegEnumKeyExW(handle, i, name, size, null, null, null, time);
            if (code != 0) {
                return Optional.empty();
            }
            if (new String(name, 0, size[0]).equalsIgnoreCase(subkey)) {
                return FileTimes.instant(time[0]);
            }
        }
    }

    /**
     * Opens a key in it, for reading.
     *
     * @throws DriverException when there is none, or it may not be read
     */
    public RegistryKey child(String subkey) {
        return open(subkey, Registry.READ);
    }

    RegistryKey open(String subkey, int access) {
        String whole = path + "\\" + subkey;
        var result = new long[1];
        check(
                "RegOpenKeyEx " + whole,
                Advapi32.RegOpenKeyExW(handle, new WString(subkey), 0, access | view, result));
        return new RegistryKey(whole, result[0], view);
    }

    RegistryKey create(String subkey) {
        String whole = path + "\\" + subkey;
        var result = new long[1];
        check(
                "RegCreateKeyEx " + whole,
                Advapi32.RegCreateKeyExW(
                        handle,
                        new WString(subkey),
                        0,
                        null,
                        0,
                        Registry.WRITE | view,
                        null,
                        result,
                        null));
        return new RegistryKey(whole, result[0], view);
    }

    // --- values -------------------------------------------------------------------------------

    /** All its values. */
    public List<RegistryValue> values() {
        var found = new ArrayList<RegistryValue>();
        var name = new char[MOST_NAME];
        var type = new int[1];
        for (int i = 0; ; i++) {
            var size = new int[] {name.length};
            int code = Advapi32.RegEnumValueW(handle, i, name, size, null, type, null, new int[1]);
            if (code == NO_MORE) {
                return found;
            }
            check("RegEnumValue", code);
            // It may be gone by now.
            value(new String(name, 0, size[0])).ifPresent(found::add);
        }
    }

    /** A value by its name; the default one by the empty name. */
    public Optional<RegistryValue> value(String name) {
        var type = new int[1];
        var size = new int[] {256};
        while (true) {
            var data = new byte[size[0]];
            int code = Advapi32.RegQueryValueExW(handle, new WString(name), null, type, data, size);
            if (code == NOT_FOUND) {
                return Optional.empty();
            }
            if (code == MORE_DATA && size[0] < MOST_DATA) {
                // Values of performance data do not say how much is needed.
                size[0] = Math.max(size[0], data.length * 2);
                continue;
            }
            check("RegQueryValueEx " + path + " " + name, code);
            return Optional.of(
                    new RegistryValue(name, type[0], Arrays.copyOf(data, Math.max(size[0], 0))));
        }
    }

    /** Writes a value; the key must have been opened for that. */
    public void set(RegistryValue value) {
        check(
                "RegSetValueEx " + path + " " + value.name(),
                Advapi32.RegSetValueExW(
                        handle,
                        new WString(value.name()),
                        0,
                        value.type(),
                        value.data(),
                        value.data().length));
    }

    /** Takes a value away. Returns whether there was one. */
    public boolean deleteValue(String name) {
        int code = Advapi32.RegDeleteValueW(handle, new WString(name));
        if (code == NOT_FOUND) {
            return false;
        }
        check("RegDeleteValue " + path + " " + name, code);
        return true;
    }

    /** Takes away all values and all keys in it. */
    public void clear() {
        check("RegDeleteTree " + path, Advapi32.RegDeleteTreeW(handle, null));
        values().forEach(value -> deleteValue(value.name()));
    }

    /** Writes what changed to disk. */
    public void flush() {
        check("RegFlushKey " + path, Advapi32.RegFlushKey(handle));
    }

    static void check(String call, int code) {
        if (code == NOT_FOUND) {
            throw new DriverException(call, code, "There is no such key or value.");
        }
        if (code != 0) {
            throw Failures.of(call, code);
        }
    }

    @Override
    public void close() {
        Advapi32.RegCloseKey(handle);
    }
}
