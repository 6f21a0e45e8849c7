import com.sun.jna.Memory;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Structures;

/**
 * The modules of a process by the functions of Windows themselves: {@code ModulesByToolhelp 4242}.
 */
public class ModulesByToolhelp {
    private static final int MODULES = 0x8 | 0x10;

    public static void main(String[] args) {
        long snapshot = Kernel32.CreateToolhelp32Snapshot(MODULES, Integer.parseInt(args[0]));
        if (snapshot == -1) {
            throw Failures.last("CreateToolhelp32Snapshot");
        }
        try (var entry = new Memory(Structures.MODULE_SIZE)) {
            entry.setInt(0, Structures.MODULE_SIZE);
            boolean more = Kernel32.Module32FirstW(snapshot, entry);
            while (more) {
                long base = entry.getLong(Structures.MODULE_BASE);
                System.out.printf("%x %s%n", base, entry.getWideString(Structures.MODULE_PATH));
                more = Kernel32.Module32NextW(snapshot, entry);
            }
        } finally {
            Kernel32.CloseHandle(snapshot);
        }
    }
}
