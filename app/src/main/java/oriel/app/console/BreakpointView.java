package oriel.app.console;

import java.util.List;
import java.util.Optional;

/**
 * A breakpoint as it is now.
 *
 * @param id its number
 * @param request what was wanted
 * @param enabled whether it counts
 * @param addresses where it is; empty while it waits for a module
 * @param hits how often it was hit
 * @param problem why it does not work
 */
public record BreakpointView(
        int id,
        BreakpointRequest request,
        boolean enabled,
        List<Long> addresses,
        long hits,
        Optional<String> problem) {
    /** Copies the list. */
    public BreakpointView {
        addresses = List.copyOf(addresses);
    }
}
