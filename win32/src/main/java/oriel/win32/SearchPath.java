package oriel.win32;

import com.sun.jna.WString;
import java.util.Optional;
import oriel.win32.raw.Kernel32;

/** Where Windows finds files that are named without a folder. */
public final class SearchPath {
    private static final int ROOM = 1 << 15;

    private SearchPath() {}

    /**
     * Looks where this program's libraries are looked for: its folder, those of Windows, the
     * current one, and those of PATH.
     *
     * @param name with or without extension
     * @param extension with its dot, taken where the name has none; may be empty
     * @return path of the file
     */
    public static Optional<String> find(String name, String extension) {
        var into = new char[ROOM];
        WString more = extension.isEmpty() ? null : new WString(extension);
        int length = Kernel32.SearchPathW(null, new WString(name), more, ROOM, into, null);
        return length == 0 || length > ROOM
                ? Optional.empty()
                : Optional.of(new String(into, 0, length));
    }
}
