package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Functions of ntdll, mapped directly. All return an NTSTATUS, negative when they failed. */
public final class Ntdll {
    /** SystemProcessInformation: all processes and their threads in one answer. */
    public static final int SYSTEM_PROCESSES = 5;

    /** SystemExtendedHandleInformation: all handles of all processes. */
    public static final int SYSTEM_HANDLES = 64;

    /** ProcessBasicInformation. */
    public static final int PROCESS_BASIC = 0;

    /** ProcessWow64Information: address of the 32-bit PEB, 0 when there is none. */
    public static final int PROCESS_WOW64 = 26;

    /** ProcessProtectionInformation (Windows 8.1). */
    public static final int PROCESS_PROTECTION = 61;

    /** SystemProcessIdInformation: the path of a program by the id of its process. */
    public static final int SYSTEM_PROCESS_PATH = 88;

    /** ProcessExecuteFlags: data execution prevention. */
    public static final int PROCESS_EXECUTE_FLAGS = 34;

    /** ThreadBasicInformation. */
    public static final int THREAD_BASIC = 0;

    /** ThreadQuerySetWin32StartAddress. */
    public static final int THREAD_START = 9;

    /** ThreadHideFromDebugger. */
    public static final int THREAD_HIDDEN = 17;

    /** ThreadSuspendCount (Windows 8.1). */
    public static final int THREAD_SUSPEND_COUNT = 35;

    /** ThreadNameInformation (Windows 10 1607). */
    public static final int THREAD_NAME = 38;

    /** STATUS_INFO_LENGTH_MISMATCH: the answer needs more room. */
    public static final int LENGTH_MISMATCH = 0xc0000004;

    static {
        Native.register(Ntdll.class, "ntdll");
    }

    private Ntdll() {}

    public static native int NtQuerySystemInformation(
            int kind, Pointer into, int size, int @Nullable [] needed);

    public static native int NtQueryInformationProcess(
            long process, int kind, Pointer into, int size, int @Nullable [] needed);

    public static native int NtQueryInformationThread(
            long thread, int kind, Pointer into, int size, int @Nullable [] needed);

    public static native int NtSetInformationThread(long thread, int kind, Pointer value, int size);

    public static native int NtSuspendProcess(long process);

    public static native int NtResumeProcess(long process);

    public static native int NtSystemDebugControl(
            int command, Pointer in, int inSize, Pointer out, int outSize, int @Nullable [] needed);

    public static native int NtQueryObject(
            long handle, int kind, Pointer into, int size, int @Nullable [] needed);

    public static native int NtDuplicateObject(
            long sourceProcess,
            long source,
            long targetProcess,
            long[] target,
            int access,
            int attributes,
            int options);

    public static native int RtlNtStatusToDosError(int status);

    public static native int RtlGetVersion(Pointer information);

    /** Fills in the addresses of a size, of a count, and of a pointer to so many elements. */
    public static native void RtlGetUnloadEventTraceEx(long[] size, long[] count, long[] table);
}
