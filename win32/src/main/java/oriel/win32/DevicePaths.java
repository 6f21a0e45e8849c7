package oriel.win32;

import com.sun.jna.WString;
import java.util.Locale;
import oriel.win32.raw.Kernel32;

/** Names of files as the kernel has them, turned into names that programs can open. */
final class DevicePaths {
    private static final String UNC = "\\Device\\Mup\\";

    private DevicePaths() {}

    /** {@code \Device\HarddiskVolume1\a} to {@code C:\a}; anything else stays as it is. */
    static String withDrive(String path) {
        if (path.startsWith("\\??\\")) {
            return path.substring(4);
        }
        if (path.startsWith(UNC)) {
            return "\\\\" + path.substring(UNC.length());
        }
        if (!path.startsWith("\\Device\\")) {
            return path;
        }
        var target = new char[1 << 10];
        for (char drive = 'A'; drive <= 'Z'; drive++) {
            int length = Kernel32.QueryDosDeviceW(new WString(drive + ":"), target, target.length);
            String device = length == 0 ? "" : firstText(target);
            boolean under =
                    !device.isEmpty()
                            && path.toLowerCase(Locale.ROOT)
                                    .startsWith(device.toLowerCase(Locale.ROOT) + "\\");
            if (under) {
                return drive + ":" + path.substring(device.length());
            }
        }
        return path;
    }

    /** What stands before the first NUL. */
    static String firstText(char[] characters) {
        int end = 0;
        while (end < characters.length && characters[end] != 0) {
            end++;
        }
        return new String(characters, 0, end);
    }
}
