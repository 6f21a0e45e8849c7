package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Structures;
import oriel.win32.raw.Version;

/**
 * The version resource of a file (VS_FIXEDFILEINFO and StringFileInfo).
 *
 * @param file four numbers with dots
 * @param product four numbers with dots
 * @param flags VS_FF_ bits that are valid: 1 debug, 2 prerelease, 4 patched, 8 private, 0x20
 *     special
 * @param system VOS_ bits: what it was made for
 * @param kind VFT_: 1 program, 2 library, 3 driver, 4 font, 5 virtual device, 7 static library
 * @param subkind VFT2_, of drivers and fonts
 * @param strings what the file says of itself, such as {@code CompanyName}
 */
public record FileVersion(
        String file,
        String product,
        int flags,
        int system,
        int kind,
        int subkind,
        Map<String, String> strings) {
    private static final String[] NAMES = {
        "CompanyName",
        "FileDescription",
        "FileVersion",
        "InternalName",
        "LegalCopyright",
        "LegalTrademarks",
        "OriginalFilename",
        "ProductName",
        "ProductVersion",
        "Comments",
        "PrivateBuild",
        "SpecialBuild"
    };

    /** Copies the strings. */
    public FileVersion {
        strings = Map.copyOf(strings);
    }

    /** Whether the file says that it was built for debugging. */
    public boolean isDebug() {
        return (flags & 1) != 0;
    }

    /** What the file is, in words. */
    public String kindWords() {
        return switch (kind) {
            case 1 -> "application";
            case 2 -> "dynamic link library";
            case 3 -> "driver";
            case 4 -> "font";
            case 5 -> "virtual device";
            case 7 -> "static link library";
            default -> "unknown";
        };
    }

    /**
     * Reads the resource of a file.
     *
     * @return empty when the file has none
     * @throws oriel.driver.DriverException when it has one that cannot be read
     */
    public static Optional<FileVersion> of(String path) {
        var name = new WString(path);
        int size = Version.GetFileVersionInfoSizeW(name, new int[1]);
        if (size <= 0) {
            return Optional.empty();
        }
        try (var block = new Memory(size)) {
            Failures.check(
                    "GetFileVersionInfo " + path,
                    Version.GetFileVersionInfoW(name, 0, size, block));
            return read(block);
        }
    }

    private static Optional<FileVersion> read(Memory block) {
        var at = new long[1];
        var size = new int[1];
        boolean there = Version.VerQueryValueW(block, new WString("\\"), at, size);
        if (!there || size[0] < Structures.VERSION_SIZE) {
            return Optional.empty();
        }
        var fixed = new Pointer(at[0]);
        return Optional.of(
                new FileVersion(
                        numbers(fixed, Structures.VERSION_FILE),
                        numbers(fixed, Structures.VERSION_PRODUCT),
                        fixed.getInt(Structures.VERSION_FLAGS_MASK)
                                & fixed.getInt(Structures.VERSION_FLAGS),
                        fixed.getInt(Structures.VERSION_SYSTEM),
                        fixed.getInt(Structures.VERSION_KIND),
                        fixed.getInt(Structures.VERSION_SUBKIND),
                        strings(block)));
    }

    private static String numbers(Pointer fixed, long at) {
        int high = fixed.getInt(at);
        int low = fixed.getInt(at + 4);
        return (high >>> 16) + "." + (high & 0xffff) + "." + (low >>> 16) + "." + (low & 0xffff);
    }

    /** The strings of the first language that the file lists. */
    private static Map<String, String> strings(Memory block) {
        var at = new long[1];
        var size = new int[1];
        var found = new LinkedHashMap<String, String>();
        boolean listed =
                Version.VerQueryValueW(block, new WString("\\VarFileInfo\\Translation"), at, size);
        String language = "040904b0";
        if (listed && size[0] >= 4) {
            var pair = new Pointer(at[0]);
            language = String.format(Locale.ROOT, "%04x%04x", pair.getShort(0), pair.getShort(2));
        }
        for (String name : NAMES) {
            var path = new WString("\\StringFileInfo\\" + language + "\\" + name);
            if (Version.VerQueryValueW(block, path, at, size) && size[0] > 0) {
                char[] text = new Pointer(at[0]).getCharArray(0, size[0]);
                found.put(name, DevicePaths.firstText(text));
            }
        }
        return found;
    }
}
