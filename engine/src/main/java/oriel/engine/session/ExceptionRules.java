package oriel.engine.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the session does when a program raises an exception: whether it stops, and whether the
 * program gets it when it runs on. Safe for any thread.
 */
public final class ExceptionRules {
    /** STATUS_BREAKPOINT. */
    public static final int BREAKPOINT = 0x80000003;

    /** STATUS_SINGLE_STEP. */
    public static final int SINGLE_STEP = 0x80000004;

    /** STATUS_GUARD_PAGE_VIOLATION. */
    public static final int GUARD_PAGE = 0x80000001;

    /** STATUS_WX86_BREAKPOINT, of 32-bit programs on 64-bit systems. */
    public static final int WX86_BREAKPOINT = 0x4000001f;

    /** STATUS_WX86_SINGLE_STEP. */
    public static final int WX86_SINGLE_STEP = 0x4000001e;

    /** With which compilers tell debuggers the name of a thread. */
    public static final int THREAD_NAME = 0x406d1388;

    /** Thrown by C++. */
    public static final int CPLUSPLUS = 0xe06d7363;

    /** Thrown by C++ of GCC for x64: STATUS_GCC_THROW, and what follows it on its way. */
    public static final int GCC_THROW = 0x20474343;

    private static final int GCC_UNWIND = 0x21474343;
    private static final int GCC_FORCED = 0x22474343;
    private static final int INVALID_HANDLE = 0xc0000008;
    private static final int HANDLE_NOT_CLOSABLE = 0xc0000235;
    private static final int CLR = 0xe0434352;
    private static final int DBG_PRINT = 0x40010006;
    private static final int DBG_PRINT_WIDE = 0x4001000a;
    private static final int RPC_UNAVAILABLE = 0x000006ba;

    /** When an exception stops the session. */
    public enum StopAt {
        /** Before the program's handlers see it, and when none took it. */
        FIRST_CHANCE,
        /** Only when none of the program's handlers took it. */
        SECOND_CHANCE,
        /** Not at all. */
        NEVER
    }

    private final Map<Integer, StopAt> stops = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> handled = new ConcurrentHashMap<>();
    private volatile StopAt usual = StopAt.FIRST_CHANCE;
    private volatile boolean hostile;

    ExceptionRules() {
        stops.put(CPLUSPLUS, StopAt.SECOND_CHANCE);
        stops.put(GCC_THROW, StopAt.SECOND_CHANCE);
        stops.put(GCC_UNWIND, StopAt.SECOND_CHANCE);
        stops.put(GCC_FORCED, StopAt.SECOND_CHANCE);
        stops.put(CLR, StopAt.SECOND_CHANCE);
        stops.put(RPC_UNAVAILABLE, StopAt.SECOND_CHANCE);
        stops.put(DBG_PRINT, StopAt.NEVER);
        stops.put(DBG_PRINT_WIDE, StopAt.NEVER);
        stops.put(THREAD_NAME, StopAt.NEVER);
        handled.put(THREAD_NAME, true);
    }

    /** Whether exceptions with a code tell of a step, in programs of either width. */
    static boolean isStep(int code) {
        return code == SINGLE_STEP || code == WX86_SINGLE_STEP;
    }

    /** Stops, or not, at exceptions with a code. */
    public ExceptionRules stop(int code, StopAt when) {
        stops.put(code, when);
        return this;
    }

    /** Stops, or not, at all exceptions that have no rule of their own. */
    public ExceptionRules stop(StopAt when) {
        usual = when;
        return this;
    }

    /**
     * Whether exceptions with a code count as dealt with when the program runs on, so that it never
     * sees them. It sees them unless said otherwise.
     */
    public ExceptionRules handle(int code, boolean byDebugger) {
        handled.put(code, byDebugger);
        return this;
    }

    /**
     * Deals with exceptions as if there were no debugger, for programs that look for one by raising
     * some: breakpoints of the program's own and what it prints for debuggers are handed to it, and
     * exceptions for wrong handles, which are raised only under debuggers, never reach it. {@link
     * DebugSession#hostile} does this and more.
     */
    public ExceptionRules hostile(boolean on) {
        hostile = on;
        return this;
    }

    /** When exceptions with a code stop. */
    public StopAt stopAt(int code) {
        return stops.getOrDefault(code, usual);
    }

    boolean stops(int code, boolean firstChance) {
        return switch (stopAt(code)) {
            case FIRST_CHANCE -> true;
            case SECOND_CHANCE -> !firstChance;
            case NEVER -> false;
        };
    }

    boolean isHandled(int code) {
        boolean onlyForDebuggers = code == INVALID_HANDLE || code == HANDLE_NOT_CLOSABLE;
        return handled.getOrDefault(code, hostile && onlyForDebuggers);
    }

    boolean isHostile() {
        return hostile;
    }
}
