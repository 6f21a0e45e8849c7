package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Is told of events, a method for each kind. Override what is of interest; what is not overridden
 * falls back to a more general method, and in the end to {@link #onEvent}, which does nothing.
 * Called on the control thread while the target stands; the target runs on afterwards, unless a
 * method calls {@link Stop#hold}.
 */
public class DebugHandler {
    private final List<Wanted> hooks = new ArrayList<>();

    private record Wanted(String function, Hook.CallAction enter, Hook.CallAction leave) {}

    /**
     * Has the calls of a function told as soon as a session has this handler; for constructors.
     *
     * @param function as for {@link DebugSession#hook(String)}
     */
    protected final void hook(String function, Hook.CallAction enter, Hook.CallAction leave) {
        hooks.add(new Wanted(function, enter, leave));
    }

    /** The same at entries only. */
    protected final void hook(String function, Hook.CallAction enter) {
        hook(function, enter, (call, stop) -> {});
    }

    /** Sets the hooks that were asked for: of all processes, or of one. */
    final void setHooks(DebugSession session, OptionalLong processId) {
        for (Wanted each : hooks) {
            Hook hook = session.hook(each.function()).onEnter(each.enter()).onLeave(each.leave());
            processId.ifPresent(hook::limit);
        }
    }

    /** Any event that no other method took. */
    public void onEvent(DebugEvent event, Stop stop) throws Exception {}

    /** A process is debugged from now on. */
    public void onProcessStarted(DebugEvent.ProcessStarted event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A process is ending. */
    public void onProcessExited(DebugEvent.ProcessExited event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A thread is about to run. */
    public void onThreadStarted(DebugEvent.ThreadStarted event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A thread has ended. */
    public void onThreadExited(DebugEvent.ThreadExited event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A thread has a name now. */
    public void onThreadNamed(DebugEvent.ThreadNamed event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** An image was mapped. */
    public void onModuleLoaded(DebugEvent.ModuleLoaded event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** An image is gone. */
    public void onModuleUnloaded(DebugEvent.ModuleUnloaded event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** OutputDebugString. */
    public void onOutput(DebugEvent.OutputWritten event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** The system's own breakpoint. */
    public void onLoaderStopped(DebugEvent.LoaderStopped event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A breakpoint of the program's own. */
    public void onProgramStopped(DebugEvent.ProgramStopped event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** {@link DebugSession#interrupt}. */
    public void onInterrupted(DebugEvent.Interrupted event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A breakpoint without an action was hit. */
    public void onBreakpoint(DebugEvent.BreakpointHit event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A step is done. */
    public void onStepDone(DebugEvent.StepDone event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** An exception without a method of its own. */
    public void onException(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** STATUS_ACCESS_VIOLATION. */
    public void onAccessViolation(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_GUARD_PAGE_VIOLATION that no watch of ours caused. */
    public void onGuardPage(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_SINGLE_STEP that the program caused itself. */
    public void onSingleStep(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_ILLEGAL_INSTRUCTION. */
    public void onIllegalInstruction(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_PRIVILEGED_INSTRUCTION. */
    public void onPrivilegedInstruction(DebugEvent.ExceptionRaised event, Stop stop)
            throws Exception {
        onException(event, stop);
    }

    /** STATUS_INTEGER_DIVIDE_BY_ZERO and STATUS_INTEGER_OVERFLOW. */
    public void onIntegerError(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_FLOAT_DENORMAL_OPERAND to STATUS_FLOAT_UNDERFLOW. */
    public void onFloatError(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_STACK_OVERFLOW. */
    public void onStackOverflow(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_IN_PAGE_ERROR. */
    public void onInPageError(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** STATUS_INVALID_HANDLE. */
    public void onInvalidHandle(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** DBG_CONTROL_C and DBG_CONTROL_BREAK. */
    public void onControlC(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** An exception of C++. */
    public void onCppException(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        onException(event, stop);
    }

    /** The system failed. */
    public void onSystemFailed(DebugEvent.SystemFailed event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** A condition, action or handler threw. */
    public void onCallbackFailed(DebugEvent.CallbackFailed event, Stop stop) throws Exception {
        onEvent(event, stop);
    }

    /** Calls the method of an event. */
    final void take(DebugEvent event, Stop stop) throws Exception {
        switch (event) {
            case DebugEvent.ProcessStarted e -> onProcessStarted(e, stop);
            case DebugEvent.ProcessExited e -> onProcessExited(e, stop);
            case DebugEvent.ThreadStarted e -> onThreadStarted(e, stop);
            case DebugEvent.ThreadExited e -> onThreadExited(e, stop);
            case DebugEvent.ThreadNamed e -> onThreadNamed(e, stop);
            case DebugEvent.ModuleLoaded e -> onModuleLoaded(e, stop);
            case DebugEvent.ModuleUnloaded e -> onModuleUnloaded(e, stop);
            case DebugEvent.OutputWritten e -> onOutput(e, stop);
            case DebugEvent.LoaderStopped e -> onLoaderStopped(e, stop);
            case DebugEvent.ProgramStopped e -> onProgramStopped(e, stop);
            case DebugEvent.Interrupted e -> onInterrupted(e, stop);
            case DebugEvent.BreakpointHit e -> onBreakpoint(e, stop);
            case DebugEvent.StepDone e -> onStepDone(e, stop);
            case DebugEvent.ExceptionRaised e -> takeException(e, stop);
            case DebugEvent.SystemFailed e -> onSystemFailed(e, stop);
            case DebugEvent.CallbackFailed e -> onCallbackFailed(e, stop);
        }
    }

    private void takeException(DebugEvent.ExceptionRaised event, Stop stop) throws Exception {
        switch (event.exception().code()) {
            case 0xc0000005 -> onAccessViolation(event, stop);
            case ExceptionRules.GUARD_PAGE -> onGuardPage(event, stop);
            case ExceptionRules.SINGLE_STEP, ExceptionRules.WX86_SINGLE_STEP ->
                    onSingleStep(event, stop);
            case 0xc000001d -> onIllegalInstruction(event, stop);
            case 0xc0000096 -> onPrivilegedInstruction(event, stop);
            case 0xc0000094, 0xc0000095 -> onIntegerError(event, stop);
            case 0xc000008d,
                    0xc000008e,
                    0xc000008f,
                    0xc0000090,
                    0xc0000091,
                    0xc0000092,
                    0xc0000093 ->
                    onFloatError(event, stop);
            case 0xc00000fd -> onStackOverflow(event, stop);
            case 0xc0000006 -> onInPageError(event, stop);
            case 0xc0000008 -> onInvalidHandle(event, stop);
            case 0x40010005, 0x40010008 -> onControlC(event, stop);
            case ExceptionRules.CPLUSPLUS -> onCppException(event, stop);
            default -> onException(event, stop);
        }
    }
}
