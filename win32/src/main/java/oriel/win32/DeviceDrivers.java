package oriel.win32;

import java.util.ArrayList;
import java.util.List;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/** The drivers that the kernel has loaded. */
public final class DeviceDrivers {
    private static final int MOST = 1 << 16;

    /**
     * One driver.
     *
     * @param base where it lies in the kernel; 0 for programs that are no administrators
     * @param path its file
     */
    public record Driver(long base, String path) {}

    private DeviceDrivers() {}

    /** All of them. Wine has none. */
    public static List<Driver> list() {
        int room = 1 << 10;
        while (true) {
            var bases = new long[room];
            var needed = new int[1];
            Failures.check(
                    "EnumDeviceDrivers", Kernel32.K32EnumDeviceDrivers(bases, room * 8, needed));
            int count = needed[0] / 8;
            if (count > room && room < MOST) {
                room = count;
                continue;
            }
            var found = new ArrayList<Driver>();
            var name = new char[1 << 10];
            for (int i = 0; i < Math.min(count, room); i++) {
                int length = Kernel32.K32GetDeviceDriverFileNameW(bases[i], name, name.length);
                found.add(new Driver(bases[i], new String(name, 0, Math.max(0, length))));
            }
            return found;
        }
    }
}
