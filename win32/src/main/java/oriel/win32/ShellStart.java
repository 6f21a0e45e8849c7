package oriel.win32;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import java.util.List;
import oriel.driver.DriverException;
import oriel.win32.raw.Failures;
import oriel.win32.raw.Kernel32;
import oriel.win32.raw.Ole32;
import oriel.win32.raw.Shell32;
import oriel.win32.raw.Structures;

/** Programs that only the shell can start: as administrator, and packaged apps. */
public final class ShellStart {
    private static final int KEEP_PROCESS = 0x40;
    private static final int NO_DIALOGS = 0x400;
    private static final int SHOW_NORMAL = 1;
    private static final int MULTI_THREADED = 0;
    private static final int LOCAL_SERVER = 4;
    private static final int RELEASE = 2;
    private static final int ACTIVATE_APPLICATION = 3;

    /** CLSID_ApplicationActivationManager, IID_IApplicationActivationManager (shobjidl_core.h). */
    private static final long[] MANAGER = {0x46ea10a845ba127dL, 0x3c947890ea56b78aL};

    private static final long[] MANAGER_INTERFACE = {0x47567f972e941141L, 0x3d4a89deec9d1dbaL};

    /** Options of packaged apps (ACTIVATEOPTIONS), to be added up. */
    public enum AppOption {
        /** For the tools of developers. */
        DESIGN_MODE(0x1),
        /** No dialog when it fails. */
        NO_ERROR_DIALOG(0x2),
        /** No picture while it starts. */
        NO_SPLASH_SCREEN(0x4),
        /** In the background, as Windows itself does beforehand. */
        PRELAUNCH(0x2000000);

        private final int bit;

        AppOption(int bit) {
            this.bit = bit;
        }
    }

    private ShellStart() {}

    /**
     * Starts a program as administrator. Windows asks the user first, unless this program runs so
     * already.
     *
     * @throws DriverException when it cannot be started; code 1223 when the user refused
     */
    public static WindowsProcess elevated(String program, List<String> arguments) {
        try (var information = new Memory(Structures.EXECUTE_SIZE);
                var verb = text("runas");
                var file = text(program);
                var parameters = text(CommandLine.join(arguments))) {
            information.clear();
            information.setInt(0, Structures.EXECUTE_SIZE);
            information.setInt(Structures.EXECUTE_MASK, KEEP_PROCESS | NO_DIALOGS);
            information.setPointer(Structures.EXECUTE_VERB, verb);
            information.setPointer(Structures.EXECUTE_FILE, file);
            information.setPointer(Structures.EXECUTE_PARAMETERS, parameters);
            information.setInt(Structures.EXECUTE_SHOW, SHOW_NORMAL);
            Failures.check("ShellExecuteEx " + program, Shell32.ShellExecuteExW(information));
            long handle = information.getLong(Structures.EXECUTE_PROCESS);
            if (handle == 0) {
                throw new DriverException(
                        "ShellExecuteEx " + program, 0, "The shell started it without a process.");
            }
            return new WindowsProcess(Kernel32.GetProcessId(handle) & 0xffffffffL, handle);
        }
    }

    private static Memory text(String words) {
        var memory = new Memory((words.length() + 1) * 2L);
        memory.setWideString(0, words);
        return memory;
    }

    /**
     * Starts a packaged app (UWP, MSIX).
     *
     * @param userModelId e.g. {@code Microsoft.WindowsCalculator_8wekyb3d8bbwe!App}
     * @param arguments one text; may be empty
     * @return id of its process
     * @throws DriverException when there is no such app, or the system knows no packaged apps
     */
    public static long packagedApp(String userModelId, String arguments, AppOption... options) {
        int bits = 0;
        for (AppOption option : options) {
            bits |= option.bit;
        }
        int initialized = Ole32.CoInitializeEx(null, MULTI_THREADED);
        var manager = new long[1];
        try (var classId = id(MANAGER);
                var interfaceId = id(MANAGER_INTERFACE)) {
            check(
                    "CoCreateInstance ApplicationActivationManager",
                    Ole32.CoCreateInstance(classId, null, LOCAL_SERVER, interfaceId, manager));
            var processId = new int[1];
            check(
                    "ActivateApplication " + userModelId,
                    method(manager[0], ACTIVATE_APPLICATION)
                            .invokeInt(
                                    new Object[] {
                                        manager[0],
                                        new WString(userModelId),
                                        new WString(arguments),
                                        bits,
                                        processId
                                    }));
            return processId[0] & 0xffffffffL;
        } finally {
            if (manager[0] != 0) {
                method(manager[0], RELEASE).invokeInt(new Object[] {manager[0]});
            }
            if (initialized >= 0) {
                Ole32.CoUninitialize();
            }
        }
    }

    private static Memory id(long[] parts) {
        var memory = new Memory(16);
        memory.write(0, parts, 0, 2);
        return memory;
    }

    private static Function method(long object, int index) {
        Pointer table = new Pointer(object).getPointer(0);
        return Function.getFunction(table.getPointer(8L * index));
    }

    private static void check(String call, int result) {
        if (result < 0) {
            throw Failures.of(call, result);
        }
    }
}
