package oriel.kd;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param stop the target as it is now
 * @param reason why it stopped
 * @param breakpoint the one that was hit
 */
public record RunEnd(KdStop stop, Reason reason, Optional<KernelBreakpoint> breakpoint) {
    /** Why a target stopped. */
    public enum Reason {
        BREAKPOINT,
        /** The address to which it was to run. */
        ARRIVED,
        STEP,
        BREAK_IN,
        EXCEPTION,
        SYMBOLS,
        OTHER
    }
}
