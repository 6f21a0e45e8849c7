package oriel.engine.session;

import java.time.Duration;
import oriel.model.ThreadRef;

/** One call that a {@link CallTrace} tells of. For its listener; read on the control thread. */
public final class TracedCall implements OpenCall {
    private final ThreadRef thread;
    private final long functionVa;
    private final String name;
    private final long entrySp;
    private final long returnVa;
    private final int depth;
    private final long enteredNanos;
    private long leftNanos = -1;
    private boolean returned;

    /** Whether the thread is stepped again when it ends. */
    private boolean outside;

    TracedCall(
            ThreadRef thread,
            long functionVa,
            String name,
            long entrySp,
            long returnVa,
            int depth,
            long enteredNanos) {
        this.thread = thread;
        this.functionVa = functionVa;
        this.name = name;
        this.entrySp = entrySp;
        this.returnVa = returnVa;
        this.depth = depth;
        this.enteredNanos = enteredNanos;
    }

    /** Who calls. */
    @Override
    public ThreadRef thread() {
        return thread;
    }

    /** The first instruction of the function. */
    @Override
    public long functionVa() {
        return functionVa;
    }

    /** The label of the function. */
    public String name() {
        return name;
    }

    /** The stack pointer at the first instruction. */
    @Override
    public long entrySp() {
        return entrySp;
    }

    /** Where the call returns to; 0 when that is not known. */
    @Override
    public long returnVa() {
        return returnVa;
    }

    /** How many traced calls of the thread this one is within; 0 for the outermost. */
    public int depth() {
        return depth;
    }

    /** When it began, counted from the beginning of the trace. */
    public Duration begun() {
        return Duration.ofNanos(enteredNanos);
    }

    /**
     * How long it took; zero while it is under way. The time that the debugger takes for the calls
     * within counts too.
     */
    public Duration elapsed() {
        return Duration.ofNanos(leftNanos < 0 ? 0 : leftNanos - enteredNanos);
    }

    /** Whether it has returned. */
    public boolean hasReturned() {
        return returned;
    }

    /** Whether it was left by an exception, longjmp or the end of its thread. */
    public boolean isUnwound() {
        return leftNanos >= 0 && !returned;
    }

    void ends(boolean byReturning, long nanos) {
        returned = byReturning;
        leftNanos = nanos;
    }

    void outside() {
        outside = true;
    }

    boolean isOutside() {
        return outside;
    }
}
