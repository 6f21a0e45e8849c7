package oriel.win32.raw;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import org.jspecify.annotations.Nullable;

/**
 * Functions of advapi32, mapped directly. Those of the registry return a Win32 error code, 0 when
 * they succeeded; the others a BOOL or a handle.
 */
public final class Advapi32 {
    static {
        Native.register(Advapi32.class, "advapi32");
    }

    private Advapi32() {}

    // --- services -----------------------------------------------------------------------------

    public static native long OpenSCManagerW(
            @Nullable WString machine, @Nullable WString database, int access);

    public static native boolean CloseServiceHandle(long handle);

    public static native boolean EnumServicesStatusExW(
            long manager,
            int level,
            int types,
            int states,
            @Nullable Pointer into,
            int size,
            int[] needed,
            int[] returned,
            int[] resume,
            @Nullable WString group);

    public static native long OpenServiceW(long manager, WString name, int access);

    public static native boolean QueryServiceStatusEx(
            long service, int level, Pointer into, int size, int[] needed);

    public static native boolean StartServiceW(
            long service, int count, @Nullable Pointer arguments);

    public static native boolean ControlService(long service, int control, Pointer status);

    // --- the registry ---------------------------------------------------------------------------

    public static native int RegConnectRegistryW(WString machine, long key, long[] result);

    public static native int RegOpenKeyExW(
            long key, WString path, int options, int access, long[] result);

    public static native int RegCreateKeyExW(
            long key,
            WString path,
            int reserved,
            @Nullable WString className,
            int options,
            int access,
            @Nullable Pointer security,
            long[] result,
            int @Nullable [] disposition);

    public static native int RegCloseKey(long key);

    public static native int RegEnumKeyExW(
            long key,
            int index,
            char[] name,
            int[] size,
            @Nullable Pointer reserved,
            @Nullable Pointer className,
            @Nullable Pointer classSize,
            long[] written);

    public static native int RegEnumValueW(
            long key,
            int index,
            char[] name,
            int[] size,
            @Nullable Pointer reserved,
            int[] type,
            @Nullable Pointer data,
            int[] dataSize);

    public static native int RegQueryValueExW(
            long key,
            WString name,
            @Nullable Pointer reserved,
            int[] type,
            byte @Nullable [] data,
            int[] size);

    public static native int RegSetValueExW(
            long key, WString name, int reserved, int type, byte[] data, int size);

    public static native int RegDeleteValueW(long key, WString name);

    public static native int RegDeleteTreeW(long key, @Nullable WString path);

    public static native int RegDeleteKeyExW(long key, WString path, int access, int reserved);

    public static native int RegFlushKey(long key);

    // --- privileges, tokens -------------------------------------------------------------------

    public static native boolean OpenProcessToken(long process, int access, long[] token);

    public static native boolean DuplicateTokenEx(
            long token, int access, @Nullable Pointer security, int level, int kind, long[] result);

    public static native boolean LookupPrivilegeValueW(
            @Nullable WString machine, WString name, long[] id);

    public static native boolean LookupPrivilegeNameW(
            @Nullable WString machine, long[] id, char[] name, int[] size);

    public static native boolean AdjustTokenPrivileges(
            long token,
            boolean disableAll,
            Pointer wanted,
            int size,
            @Nullable Pointer before,
            int @Nullable [] needed);

    public static native boolean GetTokenInformation(
            long token, int kind, @Nullable Pointer into, int size, int[] needed);

    public static native boolean SaferCreateLevel(
            int scope, int level, int flags, long[] result, @Nullable Pointer reserved);

    public static native boolean SaferComputeTokenFromLevel(
            long level, long token, long[] result, int flags, @Nullable Pointer reserved);

    public static native boolean SaferCloseLevel(long level);

    public static native boolean CreateProcessAsUserW(
            long token,
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

    public static native boolean CreateProcessWithTokenW(
            long token,
            int logon,
            @Nullable WString application,
            char @Nullable [] commandLine,
            int flags,
            char @Nullable [] environment,
            @Nullable WString directory,
            Pointer startupInfo,
            Pointer processInformation);
}
