package oriel.kd.protocol;

/** Numbers of the requests, which their answers carry too. */
public final class Api {
    public static final int READ_VIRTUAL = 0x3130;
    public static final int WRITE_VIRTUAL = 0x3131;
    public static final int GET_CONTEXT = 0x3132;
    public static final int SET_CONTEXT = 0x3133;
    public static final int WRITE_BREAKPOINT = 0x3134;
    public static final int RESTORE_BREAKPOINT = 0x3135;
    public static final int CONTINUE = 0x3136;
    public static final int READ_CONTROL_SPACE = 0x3137;
    public static final int WRITE_CONTROL_SPACE = 0x3138;
    public static final int READ_IO = 0x3139;
    public static final int WRITE_IO = 0x313a;
    public static final int REBOOT = 0x313b;
    public static final int CONTINUE_2 = 0x313c;
    public static final int READ_PHYSICAL = 0x313d;
    public static final int WRITE_PHYSICAL = 0x313e;
    public static final int QUERY_SPECIAL_CALLS = 0x313f;
    public static final int SET_SPECIAL_CALL = 0x3140;
    public static final int CLEAR_SPECIAL_CALLS = 0x3141;
    public static final int SET_INTERNAL_BREAKPOINT = 0x3142;
    public static final int GET_INTERNAL_BREAKPOINT = 0x3143;
    public static final int READ_IO_EXTENDED = 0x3144;
    public static final int WRITE_IO_EXTENDED = 0x3145;
    public static final int GET_VERSION = 0x3146;
    public static final int WRITE_BREAKPOINT_EX = 0x3147;
    public static final int RESTORE_BREAKPOINT_EX = 0x3148;
    public static final int CAUSE_BUG_CHECK = 0x3149;
    public static final int SWITCH_PROCESSOR = 0x3150;
    public static final int PAGE_IN = 0x3151;
    public static final int READ_MSR = 0x3152;
    public static final int WRITE_MSR = 0x3153;
    public static final int SEARCH = 0x3156;
    public static final int GET_BUS_DATA = 0x3157;
    public static final int SET_BUS_DATA = 0x3158;
    public static final int CHECK_LOW_MEMORY = 0x3159;
    public static final int CLEAR_ALL_INTERNAL_BREAKPOINTS = 0x315a;
    public static final int FILL = 0x315b;
    public static final int QUERY_MEMORY = 0x315c;
    public static final int SWITCH_PARTITION = 0x315d;
    public static final int WRITE_CUSTOM_BREAKPOINT = 0x315e;
    public static final int GET_CONTEXT_EX = 0x315f;
    public static final int SET_CONTEXT_EX = 0x3160;

    private Api() {}

    /** A request by its documented name. */
    public static String name(int api) {
        return switch (api) {
            case READ_VIRTUAL -> "ReadVirtualMemory";
            case WRITE_VIRTUAL -> "WriteVirtualMemory";
            case GET_CONTEXT -> "GetContext";
            case SET_CONTEXT -> "SetContext";
            case WRITE_BREAKPOINT -> "WriteBreakPoint";
            case RESTORE_BREAKPOINT -> "RestoreBreakPoint";
            case CONTINUE -> "Continue";
            case READ_CONTROL_SPACE -> "ReadControlSpace";
            case WRITE_CONTROL_SPACE -> "WriteControlSpace";
            case READ_IO -> "ReadIoSpace";
            case WRITE_IO -> "WriteIoSpace";
            case REBOOT -> "Reboot";
            case CONTINUE_2 -> "Continue2";
            case READ_PHYSICAL -> "ReadPhysicalMemory";
            case WRITE_PHYSICAL -> "WritePhysicalMemory";
            case QUERY_SPECIAL_CALLS -> "QuerySpecialCalls";
            case SET_SPECIAL_CALL -> "SetSpecialCall";
            case CLEAR_SPECIAL_CALLS -> "ClearSpecialCalls";
            case SET_INTERNAL_BREAKPOINT -> "SetInternalBreakPoint";
            case GET_INTERNAL_BREAKPOINT -> "GetInternalBreakPoint";
            case READ_IO_EXTENDED -> "ReadIoSpaceExtended";
            case WRITE_IO_EXTENDED -> "WriteIoSpaceExtended";
            case GET_VERSION -> "GetVersion";
            case WRITE_BREAKPOINT_EX -> "WriteBreakPointEx";
            case RESTORE_BREAKPOINT_EX -> "RestoreBreakPointEx";
            case CAUSE_BUG_CHECK -> "CauseBugCheck";
            case SWITCH_PROCESSOR -> "SwitchProcessor";
            case PAGE_IN -> "PageIn";
            case READ_MSR -> "ReadMachineSpecificRegister";
            case WRITE_MSR -> "WriteMachineSpecificRegister";
            case SEARCH -> "SearchMemory";
            case GET_BUS_DATA -> "GetBusData";
            case SET_BUS_DATA -> "SetBusData";
            case CHECK_LOW_MEMORY -> "CheckLowMemory";
            case CLEAR_ALL_INTERNAL_BREAKPOINTS -> "ClearAllInternalBreakpoints";
            case FILL -> "FillMemory";
            case QUERY_MEMORY -> "QueryMemory";
            case SWITCH_PARTITION -> "SwitchPartition";
            case WRITE_CUSTOM_BREAKPOINT -> "WriteCustomBreakpoint";
            case GET_CONTEXT_EX -> "GetContextEx";
            case SET_CONTEXT_EX -> "SetContextEx";
            default -> "request " + Integer.toHexString(api);
        };
    }
}
