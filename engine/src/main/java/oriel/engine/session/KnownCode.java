package oriel.engine.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import oriel.model.MemoryRegion;
import oriel.model.Target;

/**
 * Code of a process as it was read, for as long as it cannot have changed: pages that the program
 * may not write, while its only thread executes one plain instruction after another. Code that
 * changes itself is read anew each time. For any thread.
 */
final class KnownCode {
    private static final int PAGE = 0x1000;
    private static final int MOST_PAGES = 64;

    private final Target target;
    private final Map<Long, byte[]> pages = new HashMap<>();
    private boolean keeps;

    KnownCode(Target target) {
        this.target = target;
    }

    /** Up to {@code length} bytes, fewer when no more are there; a page at most. */
    synchronized byte[] read(long va, int length) {
        int at = (int) (va & PAGE - 1);
        if (keeps && at + length <= PAGE) {
            byte[] page = pages.computeIfAbsent(va - at, this::page);
            if (page.length > 0) {
                return Arrays.copyOfRange(page, at, at + length);
            }
        }
        return target.memory().readUpTo(va, length);
    }

    /** The bytes of a page that stays as it is; none of any other. */
    private byte[] page(long va) {
        byte[] none = {};
        boolean stays =
                target.regionAt(va)
                        .filter(MemoryRegion::isExecutable)
                        .filter(region -> !region.isWritable())
                        .isPresent();
        byte[] page = stays ? target.memory().readUpTo(va, PAGE) : none;
        return page.length == PAGE ? page : none;
    }

    /**
     * The process has run.
     *
     * @param step whether nothing ran but one instruction of one thread, and that called no system
     */
    synchronized void ran(boolean step) {
        boolean may = step && (keeps || target.threads().size() == 1);
        if (!may || pages.size() > MOST_PAGES) {
            pages.clear();
        }
        keeps = may;
    }

    /** The debugger has written to memory. */
    synchronized void forget() {
        pages.clear();
    }
}
