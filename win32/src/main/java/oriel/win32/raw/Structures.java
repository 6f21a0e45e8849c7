package oriel.win32.raw;

/**
 * Sizes and offsets of structures that Windows fills in for a 64-bit caller, and of those that lie
 * in targets of either width. A test compares them with what a C compiler says.
 */
public final class Structures {
    // MEMORY_BASIC_INFORMATION
    public static final int REGION_SIZE = 48;
    public static final int REGION_ALLOCATION_BASE = 8;
    public static final int REGION_ALLOCATION_PROTECT = 16;
    public static final int REGION_LENGTH = 24;
    public static final int REGION_STATE = 32;
    public static final int REGION_PROTECT = 36;
    public static final int REGION_TYPE = 40;

    // STARTUPINFOEXW, PROCESS_INFORMATION
    public static final int STARTUP_SIZE = 104;
    public static final int STARTUP_EX_SIZE = 112;
    public static final int STARTUP_FLAGS = 60;
    public static final int STARTUP_SHOW = 64;
    public static final int STARTUP_INPUT = 80;
    public static final int STARTUP_OUTPUT = 88;
    public static final int STARTUP_ERROR = 96;
    public static final int STARTUP_ATTRIBUTES = 104;
    public static final int STARTED_SIZE = 24;
    public static final int STARTED_THREAD = 8;
    public static final int STARTED_PROCESS_ID = 16;
    public static final int STARTED_THREAD_ID = 20;

    // PROCESS_BASIC_INFORMATION
    public static final int BASIC_SIZE = 48;
    public static final int BASIC_PEB = 8;
    public static final int BASIC_PARENT = 40;

    // SYSTEM_INFO
    public static final int SYSTEM_SIZE = 48;
    public static final int SYSTEM_PAGE_SIZE = 4;
    public static final int SYSTEM_LOWEST = 8;
    public static final int SYSTEM_HIGHEST = 16;
    public static final int SYSTEM_PROCESSORS = 32;

    // WTS_SESSION_INFOW, WTS_PROCESS_INFOW
    public static final int SESSION_SIZE = 24;
    public static final int SESSION_STATION = 8;
    public static final int SESSION_STATE = 16;
    public static final int SESSION_PROCESS_SIZE = 24;
    public static final int SESSION_PROCESS_ID = 4;
    public static final int SESSION_PROCESS_USER = 16;

    // WINDOWPLACEMENT
    public static final int PLACEMENT_SIZE = 44;
    public static final int PLACEMENT_NORMAL = 28;

    // HEAPLIST32
    public static final int HEAP_LIST_SIZE = 32;
    public static final int HEAP_LIST_ID = 16;
    public static final int HEAP_LIST_FLAGS = 24;

    // HEAPENTRY32
    public static final int HEAP_ENTRY_SIZE = 56;
    public static final int HEAP_ENTRY_ADDRESS = 16;
    public static final int HEAP_ENTRY_LENGTH = 24;
    public static final int HEAP_ENTRY_FLAGS = 32;

    // ENUM_SERVICE_STATUS_PROCESSW, SERVICE_STATUS_PROCESS
    public static final int SERVICE_ENTRY_SIZE = 56;
    public static final int SERVICE_ENTRY_DISPLAY_NAME = 8;
    public static final int SERVICE_ENTRY_STATUS = 16;
    public static final int SERVICE_SIZE = 36;
    public static final int SERVICE_STATE = 4;
    public static final int SERVICE_CONTROLS = 8;
    public static final int SERVICE_EXIT_CODE = 12;
    public static final int SERVICE_PROCESS_ID = 28;

    // SHELLEXECUTEINFOW
    public static final int EXECUTE_SIZE = 112;
    public static final int EXECUTE_MASK = 4;
    public static final int EXECUTE_VERB = 16;
    public static final int EXECUTE_FILE = 24;
    public static final int EXECUTE_PARAMETERS = 32;
    public static final int EXECUTE_SHOW = 48;
    public static final int EXECUTE_PROCESS = 104;

    // LUID_AND_ATTRIBUTES
    public static final int PRIVILEGE_SIZE = 12;
    public static final int PRIVILEGE_ATTRIBUTES = 8;

    // WAITCHAIN_NODE_INFO
    public static final int WAIT_NODE_SIZE = 280;
    public static final int WAIT_NODE_STATUS = 4;
    public static final int WAIT_NODE_NAME = 8;
    public static final int WAIT_NODE_PROCESS_ID = 8;
    public static final int WAIT_NODE_THREAD_ID = 12;

    // VS_FIXEDFILEINFO
    public static final int VERSION_SIZE = 52;
    public static final int VERSION_FILE = 8;
    public static final int VERSION_PRODUCT = 16;
    public static final int VERSION_FLAGS_MASK = 24;
    public static final int VERSION_FLAGS = 28;
    public static final int VERSION_SYSTEM = 32;
    public static final int VERSION_KIND = 36;
    public static final int VERSION_SUBKIND = 40;

    // MODULEENTRY32W
    public static final int MODULE_SIZE = 1080;
    public static final int MODULE_BASE = 24;
    public static final int MODULE_LENGTH = 32;
    public static final int MODULE_NAME = 48;
    public static final int MODULE_PATH = 560;

    // CONTEXT of x64 and of WOW64
    public static final int CONTEXT_X64_SIZE = 1232;
    public static final int CONTEXT_X86_SIZE = 716;
    public static final int CONTEXT_ARM64_SIZE = 912;

    private Structures() {}
}
