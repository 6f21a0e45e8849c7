package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import org.jspecify.annotations.Nullable;

/**
 * Functions of kernel32 that are called often or that jna-platform does not have, mapped directly.
 * A {@code boolean} is a BOOL; when it is false {@link Failures#last} tells why.
 */
public final class Kernel32 {
    static {
        Native.register(Kernel32.class, "kernel32");
    }

    private Kernel32() {}

    // --- processes --------------------------------------------------------------------------

    public static native long OpenProcess(int access, boolean inherit, int processId);

    public static native boolean CloseHandle(long handle);

    public static native boolean CreateProcessW(
            @Nullable WString application,
            char @Nullable [] commandLine,
            @Nullable Pointer processAttributes,
            @Nullable Pointer threadAttributes,
            boolean inheritHandles,
            int flags,
            char @Nullable [] environment,
            @Nullable WString directory,
            Pointer startupInfo,
            Pointer processInformation);

    public static native boolean InitializeProcThreadAttributeList(
            @Nullable Pointer list, int count, int flags, long[] size);

    public static native boolean UpdateProcThreadAttribute(
            Pointer list,
            int flags,
            long attribute,
            Pointer value,
            long size,
            @Nullable Pointer previous,
            @Nullable Pointer returnSize);

    public static native void DeleteProcThreadAttributeList(Pointer list);

    public static native boolean TerminateProcess(long process, int exitCode);

    public static native boolean GetExitCodeProcess(long process, int[] exitCode);

    public static native boolean GetProcessTimes(
            long process, long[] created, long[] exited, long[] kernel, long[] user);

    public static native int GetProcessId(long process);

    public static native int GetCurrentProcessId();

    public static native int WaitForSingleObject(long handle, int milliseconds);

    public static native boolean QueryFullProcessImageNameW(
            long process, int flags, char[] name, int[] size);

    public static native int GetPackageFullName(long process, int[] length, char[] name);

    public static native boolean IsWow64Process(long process, int[] wow64);

    public static native boolean CheckRemoteDebuggerPresent(long process, int[] present);

    public static native boolean GetProcessHandleCount(long process, int[] count);

    // --- memory -----------------------------------------------------------------------------

    public static native boolean ReadProcessMemory(
            long process, long address, Pointer into, long size, long[] got);

    public static native boolean WriteProcessMemory(
            long process, long address, Pointer from, long size, long[] done);

    public static native long VirtualQueryEx(
            long process, long address, Pointer information, long size);

    public static native long VirtualAllocEx(
            long process, long address, long size, int type, int protection);

    public static native boolean VirtualFreeEx(long process, long address, long size, int type);

    public static native boolean VirtualProtectEx(
            long process, long address, long size, int protection, int[] old);

    public static native boolean FlushInstructionCache(long process, long address, long size);

    // --- threads ----------------------------------------------------------------------------

    public static native long OpenThread(int access, boolean inherit, int threadId);

    public static native long CreateRemoteThread(
            long process,
            @Nullable Pointer attributes,
            long stackSize,
            long start,
            long parameter,
            int flags,
            int[] threadId);

    public static native int SuspendThread(long thread);

    public static native int ResumeThread(long thread);

    public static native boolean TerminateThread(long thread, int exitCode);

    public static native boolean GetExitCodeThread(long thread, int[] exitCode);

    public static native boolean GetThreadContext(long thread, Pointer context);

    public static native boolean SetThreadContext(long thread, Pointer context);

    public static native boolean Wow64GetThreadContext(long thread, Pointer context);

    public static native boolean Wow64SetThreadContext(long thread, Pointer context);

    public static native boolean Wow64GetThreadSelectorEntry(
            long thread, int selector, Pointer entry);

    public static native boolean GetThreadTimes(
            long thread, long[] created, long[] exited, long[] kernel, long[] user);

    public static native int GetThreadId(long thread);

    // --- modules and files ------------------------------------------------------------------

    public static native long GetModuleHandleW(WString name);

    public static native long GetProcAddress(long module, String name);

    public static native int K32GetMappedFileNameW(
            long process, long address, char[] name, int size);

    public static native boolean K32EnumDeviceDrivers(long[] bases, int size, int[] needed);

    public static native int K32GetDeviceDriverFileNameW(long base, char[] name, int size);

    public static native int QueryDosDeviceW(WString device, char[] target, int size);

    public static native long CreateFileW(
            WString name,
            int access,
            int share,
            @Nullable Pointer security,
            int disposition,
            int flags,
            long template);

    public static native int SearchPathW(
            @Nullable WString folders,
            WString name,
            @Nullable WString extension,
            int size,
            char[] into,
            @Nullable Pointer namePart);

    public static native boolean SetHandleInformation(long handle, int mask, int flags);

    // --- snapshots of modules and heaps
    // -------------------------------------------------------------------

    public static native long CreateToolhelp32Snapshot(int flags, int processId);

    public static native boolean Module32FirstW(long snapshot, Pointer entry);

    public static native boolean Module32NextW(long snapshot, Pointer entry);

    public static native boolean Heap32ListFirst(long snapshot, Pointer entry);

    public static native boolean Heap32ListNext(long snapshot, Pointer entry);

    public static native boolean Heap32First(Pointer entry, int processId, long heapId);

    public static native boolean Heap32Next(Pointer entry);

    // --- the system ---------------------------------------------------------------------------

    public static native void GetNativeSystemInfo(Pointer information);

    public static native short GlobalAddAtomW(WString name);

    public static native short GlobalDeleteAtom(short atom);

    public static native int GlobalGetAtomNameW(short atom, char[] name, int size);
}
