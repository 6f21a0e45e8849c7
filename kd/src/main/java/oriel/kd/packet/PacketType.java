package oriel.kd.packet;

/** Types of packets, as numbers of 16 bits. */
public final class PacketType {
    /** KDNET's test of the line. */
    public static final int UNUSED = 0;

    /** A stop of a kernel older than Windows 2000. */
    public static final int STATE_CHANGE_32 = 1;

    /** A request, and the answer to it. */
    public static final int STATE_MANIPULATE = 2;

    /** Text that the kernel prints, or a question to the user. */
    public static final int DEBUG_IO = 3;

    /** Control: a data packet has arrived. */
    public static final int ACKNOWLEDGE = 4;

    /** Control: send the last data packet again. */
    public static final int RESEND = 5;

    /** Control: begin anew. */
    public static final int RESET = 6;

    /** A stop. */
    public static final int STATE_CHANGE_64 = 7;

    /** Data of kernel traces. */
    public static final int TRACE_IO = 9;

    /** A request for hardware breakpoints. */
    public static final int CONTROL_REQUEST = 10;

    /** The kernel asks for a file of the host. */
    public static final int FILE_IO = 11;

    /** One more than the last type. */
    static final int END = 12;

    private PacketType() {}

    /** Whether packets of a type are header only. */
    public static boolean isControl(int type) {
        return type == ACKNOWLEDGE || type == RESEND || type == RESET;
    }

    /** The type in words. */
    public static String name(int type) {
        return switch (type) {
            case UNUSED -> "connection check";
            case STATE_CHANGE_32 -> "state change (32-bit)";
            case STATE_MANIPULATE -> "manipulate";
            case DEBUG_IO -> "debug I/O";
            case ACKNOWLEDGE -> "acknowledge";
            case RESEND -> "resend";
            case RESET -> "reset";
            case STATE_CHANGE_64 -> "state change";
            case TRACE_IO -> "trace I/O";
            case CONTROL_REQUEST -> "control request";
            case FILE_IO -> "file I/O";
            default -> "type " + type;
        };
    }
}
