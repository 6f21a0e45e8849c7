package oriel.app.render;

import java.util.List;

/**
 * A breakpoint as programs are told of it.
 *
 * @param number by which commands name it
 * @param place as the user wrote it
 * @param addresses where it is; empty while it waits for a module
 * @param enabled whether it counts
 * @param hits how often it was hit
 */
public record BreakpointRow(
        long number, String place, List<Long> addresses, boolean enabled, long hits) {
    /** Copies the list. */
    public BreakpointRow {
        addresses = List.copyOf(addresses);
    }
}
