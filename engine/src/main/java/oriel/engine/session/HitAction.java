package oriel.engine.session;

/** What is done at a hit instead of stopping. Called on the control thread. */
@FunctionalInterface
public interface HitAction {
    /**
     * May read and change the target; the target runs on afterwards unless it calls {@link
     * Stop#hold}. What it throws is told as {@link DebugEvent.CallbackFailed}.
     */
    void hit(DebugEvent.BreakpointHit hit, Stop stop) throws Exception;
}
