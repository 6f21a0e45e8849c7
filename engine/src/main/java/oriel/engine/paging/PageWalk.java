package oriel.engine.paging;

import java.util.List;
import java.util.OptionalLong;

/**
 * The way from a virtual to a physical address.
 *
 * @param va where it began
 * @param entries the entries that were read, the root's first
 * @param state how it ended
 * @param pa physical address of the byte at {@code va}, when there is a page
 * @param pageSizeBytes bytes of the page; 0 without one
 */
public record PageWalk(
        long va, List<PageEntry> entries, PageState state, OptionalLong pa, long pageSizeBytes) {
    /** Copies the list. */
    public PageWalk {
        entries = List.copyOf(entries);
    }
}
