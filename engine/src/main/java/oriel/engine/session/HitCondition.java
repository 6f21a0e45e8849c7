package oriel.engine.session;

/** Decides whether a hit of a breakpoint counts. Called on the control thread. */
@FunctionalInterface
public interface HitCondition {
    /** Whether it counts; what it throws is told as {@link DebugEvent.CallbackFailed}. */
    boolean test(DebugEvent.BreakpointHit hit, Stop stop) throws Exception;
}
