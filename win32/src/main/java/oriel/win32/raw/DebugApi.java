package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;

/**
 * The functions of kernel32 that make a debugger. A {@code boolean} is a BOOL; when it is false
 * {@link Failures#last} tells why.
 */
public final class DebugApi {
    // DEBUG_EVENT of a 64-bit debugger.
    public static final int EVENT_SIZE = 176;
    public static final int EVENT_PROCESS = 4;
    public static final int EVENT_THREAD = 8;
    public static final int EVENT_UNION = 16;

    // dwDebugEventCode
    public static final int EXCEPTION = 1;
    public static final int CREATE_THREAD = 2;
    public static final int CREATE_PROCESS = 3;
    public static final int EXIT_THREAD = 4;
    public static final int EXIT_PROCESS = 5;
    public static final int LOAD_DLL = 6;
    public static final int UNLOAD_DLL = 7;
    public static final int OUTPUT_STRING = 8;
    public static final int RIP = 9;

    public static final int DBG_CONTINUE = 0x00010002;
    public static final int DBG_EXCEPTION_NOT_HANDLED = 0x80010001;

    /** ERROR_SEM_TIMEOUT: no event came in time. */
    public static final int TIMED_OUT = 121;

    /** Whether the system has WaitForDebugEventEx (Windows 10 1607), which tells wide strings. */
    public static final boolean HAS_WIDE_STRINGS;

    static {
        Native.register(DebugApi.class, "kernel32");
        long kernel = Kernel32.GetModuleHandleW(new WString("kernel32"));
        HAS_WIDE_STRINGS =
                kernel != 0 && Kernel32.GetProcAddress(kernel, "WaitForDebugEventEx") != 0;
    }

    private DebugApi() {}

    /** Waits with the better of the two functions. */
    public static boolean waitForEvent(Pointer event, int milliseconds) {
        return HAS_WIDE_STRINGS
                ? Wide.WaitForDebugEventEx(event, milliseconds)
                : WaitForDebugEvent(event, milliseconds);
    }

    public static native boolean WaitForDebugEvent(Pointer event, int milliseconds);

    public static native boolean ContinueDebugEvent(int processId, int threadId, int status);

    public static native boolean DebugActiveProcess(int processId);

    public static native boolean DebugActiveProcessStop(int processId);

    public static native boolean DebugBreakProcess(long process);

    public static native boolean DebugSetProcessKillOnExit(boolean kill);

    /** Mapped only where the system has it. */
    private static final class Wide {
        static {
            Native.register(Wide.class, "kernel32");
        }

        static native boolean WaitForDebugEventEx(Pointer event, int milliseconds);
    }
}
