package oriel.win32;

import com.sun.jna.WString;
import java.nio.file.Path;
import oriel.driver.DriverException;
import oriel.win32.raw.DbgHelp;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;

/** Minidumps as Windows itself writes them (MINIDUMP_TYPE). */
public final class SystemDump {
    /** Stacks and modules: MiniDumpNormal. */
    public static final long NORMAL = 0x0;

    /** Variables of modules: MiniDumpWithDataSegs. */
    public static final long DATA_SEGMENTS = 0x1;

    /** All memory: MiniDumpWithFullMemory. */
    public static final long FULL_MEMORY = 0x2;

    /** Open handles: MiniDumpWithHandleData. */
    public static final long HANDLES = 0x4;

    /** Modules that were unloaded: MiniDumpWithUnloadedModules. */
    public static final long UNLOADED_MODULES = 0x20;

    /** The memory map: MiniDumpWithFullMemoryInfo. */
    public static final long MEMORY_INFO = 0x800;

    /** Times and starts of threads: MiniDumpWithThreadInfo. */
    public static final long THREAD_INFO = 0x1000;

    private static final int GENERIC_WRITE = 0x40000000;
    private static final int CREATE_ALWAYS = 2;
    private static final Object ONE_AT_A_TIME = new Object();

    private SystemDump() {}

    /**
     * Has Windows write a dump over a file. For any thread; one dump at a time, as dbghelp wants.
     *
     * @param type the constants above, or others of MINIDUMP_TYPE, added up
     * @throws DriverException when Windows cannot
     */
    public static void write(WindowsProcess process, Path file, long type) {
        long handle =
                Kernel32.CreateFileW(
                        new WString(file.toString()), GENERIC_WRITE, 1, null, CREATE_ALWAYS, 0, 0);
        if (handle == -1) {
            throw Failures.last("CreateFile " + file);
        }
        try {
            synchronized (ONE_AT_A_TIME) {
                Failures.check(
                        "MiniDumpWriteDump " + process.processId(),
                        DbgHelp.MiniDumpWriteDump(
                                process.handle(),
                                (int) process.processId(),
                                handle,
                                (int) type,
                                null,
                                null,
                                null));
            }
        } finally {
            Kernel32.CloseHandle(handle);
        }
    }
}
