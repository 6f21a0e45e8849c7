package oriel.testkit.kd;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Memory that is there page by page. For one thread. */
final class ScriptedPages {
    private static final int PAGE = 0x1000;

    private final Map<Long, byte[]> pages = new TreeMap<>(Long::compareUnsigned);

    /** Puts bytes somewhere, where there was nothing, too. */
    void place(long at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long page = (at + i) & -PAGE;
            pages.computeIfAbsent(page, p -> new byte[PAGE])[(int) ((at + i) & (PAGE - 1))] =
                    bytes[i];
        }
    }

    /** What is there, up to the first hole. */
    byte[] read(long at, long count) {
        var out = new byte[(int) count];
        int done = 0;
        while (done < out.length) {
            byte[] page = pages.get((at + done) & -PAGE);
            if (page == null) {
                break;
            }
            int within = (int) ((at + done) & (PAGE - 1));
            int part = Math.min(out.length - done, PAGE - within);
            System.arraycopy(page, within, out, done, part);
            done += part;
        }
        return Arrays.copyOf(out, done);
    }

    /** Changes what is there, up to the first hole. Returns how many bytes. */
    int write(long va, byte[] bytes) {
        int done = 0;
        while (done < bytes.length && pages.containsKey((va + done) & -PAGE)) {
            place(va + done, new byte[] {bytes[done]});
            done++;
        }
        return done;
    }
}
