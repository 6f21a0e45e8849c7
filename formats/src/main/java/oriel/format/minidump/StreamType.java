package oriel.format.minidump;

import java.util.Optional;

/** Kinds of stream that have a name: MINIDUMP_STREAM_TYPE, and those of other writers. */
public enum StreamType {
    UNUSED(0, "unused"),
    RESERVED_0(1, "reserved 0"),
    RESERVED_1(2, "reserved 1"),
    THREAD_LIST(3, "thread list"),
    MODULE_LIST(4, "module list"),
    MEMORY_LIST(5, "memory list"),
    EXCEPTION(6, "exception"),
    SYSTEM_INFO(7, "system info"),
    THREAD_EX_LIST(8, "extended thread list"),
    MEMORY_64_LIST(9, "full memory list"),
    COMMENT_A(10, "comment"),
    COMMENT_W(11, "wide comment"),
    HANDLE_DATA(12, "handles"),
    FUNCTION_TABLE(13, "dynamic function tables"),
    UNLOADED_MODULE_LIST(14, "unloaded module list"),
    MISC_INFO(15, "miscellaneous info"),
    MEMORY_INFO_LIST(16, "memory region list"),
    THREAD_INFO_LIST(17, "thread info list"),
    HANDLE_OPERATION_LIST(18, "handle operation list"),
    TOKEN(19, "tokens"),
    JAVASCRIPT_DATA(20, "JavaScript data"),
    SYSTEM_MEMORY_INFO(21, "system memory info"),
    PROCESS_VM_COUNTERS(22, "process memory counters"),
    IPT_TRACE(23, "Intel processor trace"),
    THREAD_NAMES(24, "thread names"),
    CE_NULL(0x8000, "Windows CE null"),
    CE_SYSTEM_INFO(0x8001, "Windows CE system info"),
    CE_EXCEPTION(0x8002, "Windows CE exception"),
    CE_MODULE_LIST(0x8003, "Windows CE module list"),
    CE_PROCESS_LIST(0x8004, "Windows CE process list"),
    CE_THREAD_LIST(0x8005, "Windows CE thread list"),
    CE_THREAD_CONTEXT_LIST(0x8006, "Windows CE thread context list"),
    CE_THREAD_CALL_STACK_LIST(0x8007, "Windows CE call stack list"),
    CE_MEMORY_VIRTUAL_LIST(0x8008, "Windows CE virtual memory list"),
    CE_MEMORY_PHYSICAL_LIST(0x8009, "Windows CE physical memory list"),
    CE_BUCKET_PARAMETERS(0x800a, "Windows CE bucket parameters"),
    CE_PROCESS_MODULE_MAP(0x800b, "Windows CE process module map"),
    CE_DIAGNOSIS_LIST(0x800c, "Windows CE diagnosis list"),
    WINE_UNIX_MODULES(0xfff0, "Wine's list of Unix modules"),
    CRASHPAD_INFO(0x43500001L, "Crashpad info"),
    BREAKPAD_INFO(0x47670001L, "Breakpad info"),
    ASSERTION_INFO(0x47670002L, "assertion"),
    LINUX_CPU_INFO(0x47670003L, "Linux /proc/cpuinfo"),
    LINUX_PROC_STATUS(0x47670004L, "Linux /proc/PID/status"),
    LINUX_LSB_RELEASE(0x47670005L, "Linux /etc/lsb-release"),
    LINUX_CMD_LINE(0x47670006L, "Linux /proc/PID/cmdline"),
    LINUX_ENVIRON(0x47670007L, "Linux /proc/PID/environ"),
    LINUX_AUXV(0x47670008L, "Linux /proc/PID/auxv"),
    LINUX_MAPS(0x47670009L, "Linux /proc/PID/maps"),
    LINUX_DSO_DEBUG(0x4767000aL, "Linux r_debug"),
    MOZ_MACOS_CRASH_INFO(0x4d7a0001L, "macOS crash info"),
    MOZ_MACOS_BOOT_ARGS(0x4d7a0002L, "macOS boot arguments"),
    MOZ_LINUX_LIMITS(0x4d7a0003L, "Linux /proc/PID/limits"),
    MOZ_SOFT_ERRORS(0x4d7a0004L, "errors of the dump's writer"),
    FACEBOOK_APP_CUSTOM_DATA(0xfacecafaL, "Facebook app data"),
    FACEBOOK_BUILD_ID(0xfacecafbL, "Facebook build id"),
    FACEBOOK_APP_VERSION_NAME(0xfacecafcL, "Facebook app version"),
    FACEBOOK_JAVA_STACK(0xfacecafdL, "Facebook Java stack"),
    FACEBOOK_DALVIK_INFO(0xfacecafeL, "Facebook Dalvik info"),
    FACEBOOK_UNWIND_SYMBOLS(0xfacecaffL, "Facebook unwind symbols"),
    FACEBOOK_DUMP_ERROR_LOG(0xfacecb00L, "Facebook dump error log"),
    FACEBOOK_APP_STATE_LOG(0xfaceccccL, "Facebook app state log"),
    FACEBOOK_ABORT_REASON(0xfacedeadL, "Facebook abort reason"),
    FACEBOOK_THREAD_NAME(0xfacee000L, "Facebook thread name");

    private final long number;
    private final String title;

    StreamType(long number, String title) {
        this.number = number;
        this.title = title;
    }

    /** The number in the directory, unsigned 32 bits. */
    public long number() {
        return number;
    }

    /** The kind in words. */
    public String title() {
        return title;
    }

    /** The kind with a number, when it has a name. */
    public static Optional<StreamType> of(long number) {
        for (StreamType type : values()) {
            if (type.number == number) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
