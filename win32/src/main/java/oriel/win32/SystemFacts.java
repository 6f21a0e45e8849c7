package oriel.win32;

import com.sun.jna.Memory;
import com.sun.jna.WString;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.model.Architecture;
import oriel.model.SystemInfo;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ntdll;
import oriel.win32.raw.Structures;

/** The machine and the Windows that this program runs on. */
public final class SystemFacts {
    // RTL_OSVERSIONINFOEXW
    private static final int VERSION_SIZE = 284;
    private static final int PRODUCT_TYPE = 282;

    private SystemFacts() {}

    /** Architecture of the machine, not of this program. */
    public static Architecture machine() {
        try (var facts = new Memory(Structures.SYSTEM_SIZE)) {
            Kernel32.GetNativeSystemInfo(facts);
            return switch (facts.getShort(0)) {
                case 0 -> Architecture.X86;
                case 5 -> Architecture.ARM;
                case 12 -> Architecture.ARM64;
                default -> Architecture.X64;
            };
        }
    }

    /** Whether this Windows is Wine, which says so by a function that Windows has not. */
    public static boolean isWine() {
        long ntdll = Kernel32.GetModuleHandleW(new WString("ntdll"));
        return ntdll != 0 && Kernel32.GetProcAddress(ntdll, "wine_get_version") != 0;
    }

    /** Bytes of a page. */
    public static int pageSize() {
        try (var facts = new Memory(Structures.SYSTEM_SIZE)) {
            Kernel32.GetNativeSystemInfo(facts);
            return facts.getInt(Structures.SYSTEM_PAGE_SIZE);
        }
    }

    /** Whether this is some version of Windows or a later one: 6, 2 is Windows 8. */
    public static boolean isAtLeast(int major, int minor) {
        try (var version = new Memory(VERSION_SIZE)) {
            version.clear();
            version.setInt(0, VERSION_SIZE);
            Ntdll.RtlGetVersion(version);
            int own = version.getInt(4);
            return own > major || (own == major && version.getInt(8) >= minor);
        }
    }

    /** Version, product, processors. */
    public static SystemInfo system() {
        try (var facts = new Memory(Structures.SYSTEM_SIZE);
                var version = new Memory(VERSION_SIZE)) {
            Kernel32.GetNativeSystemInfo(facts);
            version.clear();
            version.setInt(0, VERSION_SIZE);
            Ntdll.RtlGetVersion(version);
            String number =
                    String.format(
                            Locale.ROOT,
                            "%d.%d.%d",
                            version.getInt(4),
                            version.getInt(8),
                            version.getInt(12));
            String product =
                    switch (version.getByte(PRODUCT_TYPE)) {
                        case 2 -> "domain controller";
                        case 3 -> "server";
                        default -> "workstation";
                    };
            return new SystemInfo(
                    SystemInfo.Platform.WINDOWS,
                    number,
                    DevicePaths.firstText(version.getCharArray(20, 128)),
                    Optional.of(product),
                    Optional.of(machine()),
                    OptionalInt.of(facts.getInt(Structures.SYSTEM_PROCESSORS)),
                    "");
        }
    }
}
