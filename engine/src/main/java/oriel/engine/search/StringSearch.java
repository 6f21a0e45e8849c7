package oriel.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import oriel.model.AddressRange;
import oriel.model.Memory;

/**
 * Lists the strings in memory: runs of printable characters, one byte each (ASCII) or two
 * (UTF-16LE, at even and odd addresses). For one thread.
 */
public final class StringSearch {
    /** Longer runs are cut into pieces of this many characters. */
    public static final int MAX_LENGTH = 4096;

    /** Takes the strings. */
    @FunctionalInterface
    public interface Sink {
        /** One string. Returns whether to go on. */
        boolean found(FoundString string);
    }

    private static final Comparator<FoundString> BY_ADDRESS =
            Comparator.comparingLong((FoundString s) -> s.va() ^ Long.MIN_VALUE);

    /** By byte, and by UTF-16 unit below 0x600, whether it is a character that people write. */
    private static final boolean[] NARROW = narrow();

    private static final boolean[] WIDE = wide();

    private final Memory memory;
    private final int shortest;
    private final boolean narrow;
    private final boolean wide;

    /**
     * @param memory where to look
     * @param shortest characters that a string has at least
     * @param narrow whether to list strings of one byte a character
     * @param wide whether to list strings of two bytes a character
     */
    public StringSearch(Memory memory, int shortest, boolean narrow, boolean wide) {
        this.memory = memory;
        this.shortest = Math.max(1, shortest);
        this.narrow = narrow;
        this.wide = wide;
    }

    /**
     * Lists the strings of ranges, by address of their ends.
     *
     * @param progress told the number of bytes passed so far, now and then
     * @return whether the sink wanted all there was
     */
    public boolean run(List<AddressRange> ranges, LongConsumer progress, Sink sink) {
        long before = 0;
        for (AddressRange range : MemoryWindow.joined(ranges)) {
            var found = new ArrayList<FoundString>();
            var ascii = new Run(1, found);
            var even = new Run(2, found);
            var odd = new Run(2, found);
            long done = before;
            boolean all =
                    new MemoryWindow(memory, 1)
                            .walk(
                                    range,
                                    (data, have, own, va, continued) -> {
                                        boolean empty = isEmpty(data, have);
                                        if (!continued || empty) {
                                            end(ascii, even, odd);
                                        }
                                        if (narrow && !empty) {
                                            scanNarrow(data, own, va, ascii);
                                        }
                                        if (wide && !empty) {
                                            scanWide(data, have, own, va, even, odd);
                                        }
                                        progress.accept(done + (va - range.start()) + own);
                                        return deliver(found, sink);
                                    });
            end(ascii, even, odd);
            if (!all || !deliver(found, sink)) {
                return false;
            }
            before += range.sizeBytes();
        }
        return true;
    }

    /** Much of the memory of many programs was never written to. */
    private static boolean isEmpty(byte[] data, int have) {
        return data[0] == 0 && Arrays.mismatch(data, 0, have - 1, data, 1, have) < 0;
    }

    private static void end(Run... runs) {
        for (Run run : runs) {
            run.end();
        }
    }

    private static boolean deliver(List<FoundString> found, Sink sink) {
        found.sort(BY_ADDRESS);
        for (FoundString string : found) {
            if (!sink.found(string)) {
                return false;
            }
        }
        found.clear();
        return true;
    }

    /**
     * Finds runs by looking first at the place where the shortest possible one would end: where
     * that is no character, none of them can begin at or before it. A run that reaches the end of
     * the block is kept for the next one.
     */
    private void scanNarrow(byte[] data, int own, long va, Run run) {
        int i = 0;
        if (run.length > 0) {
            while (i < own && NARROW[data[i] & 0xff]) {
                run.add(va + i, (char) data[i]);
                i++;
            }
            if (i == own) {
                return;
            }
            run.end();
        }
        // What lies from i up to here is known to be characters.
        int known = i;
        while (i < own) {
            int probe = Math.min(i + shortest, own);
            int at = probe;
            while (at > known && NARROW[data[at - 1] & 0xff]) {
                at--;
            }
            if (at > known) {
                i = at;
                known = probe;
                continue;
            }
            int end = probe;
            while (end < own && NARROW[data[end] & 0xff]) {
                end++;
            }
            for (int c = i; c < end; c++) {
                run.add(va + c, (char) data[c]);
            }
            if (end == own) {
                return;
            }
            run.end();
            i = end + 1;
            known = i;
        }
    }

    private void scanWide(byte[] data, int have, int own, long va, Run even, Run odd) {
        int end = Math.min(own, have - 1);
        int firstEven = (int) (va & 1);
        scanWide(data, firstEven, end, va, even);
        scanWide(data, 1 - firstEven, end, va, odd);
    }

    /** The same in steps of two; {@code own} is behind the last byte at which a unit may begin. */
    private void scanWide(byte[] data, int from, int own, long va, Run run) {
        int i = from;
        if (run.length > 0) {
            while (i < own && isPrintable(data, i)) {
                run.add(va + i, at(data, i));
                i += 2;
            }
            if (i >= own) {
                return;
            }
            run.end();
        }
        int units = (own - i + 1) / 2;
        int last = i + 2 * units;
        int known = i;
        while (i < last) {
            int probe = Math.min(i + 2 * shortest, last);
            int at = probe;
            while (at > known && isPrintable(data, at - 2)) {
                at -= 2;
            }
            if (at > known) {
                i = at;
                known = probe;
                continue;
            }
            int end = probe;
            while (end < last && isPrintable(data, end)) {
                end += 2;
            }
            for (int c = i; c < end; c += 2) {
                run.add(va + c, at(data, c));
            }
            if (end == last) {
                return;
            }
            run.end();
            i = end + 2;
            known = i;
        }
    }

    private static char at(byte[] data, int i) {
        return (char) (data[i] & 0xff | (data[i + 1] & 0xff) << 8);
    }

    private static boolean isPrintable(byte[] data, int i) {
        int high = data[i + 1] & 0xff;
        return high < WIDE.length >> 8 && WIDE[high << 8 | data[i] & 0xff];
    }

    private static boolean[] narrow() {
        var table = new boolean[256];
        Arrays.fill(table, 0x20, 0x7f, true);
        table['\t'] = true;
        return table;
    }

    /** Latin, Greek and Cyrillic: other scripts turn up by chance in any binary data. */
    private static boolean[] wide() {
        var table = new boolean[0x600];
        for (int c = 0xa0; c < 0x530; c++) {
            table[c] = Character.isDefined(c);
        }
        System.arraycopy(NARROW, 0, table, 0, 0x7f);
        return table;
    }

    /** Collects the characters of one run. */
    private final class Run {
        private final int width;
        private final List<FoundString> found;
        private final char[] text = new char[MAX_LENGTH];
        private long start;
        private int length;

        Run(int width, List<FoundString> found) {
            this.width = width;
            this.found = found;
        }

        void add(long va, char c) {
            if (length == MAX_LENGTH) {
                end();
            }
            if (length == 0) {
                start = va;
            }
            text[length++] = c;
        }

        void end() {
            if (length >= shortest) {
                found.add(new FoundString(start, new String(text, 0, length), width == 2));
            }
            length = 0;
        }
    }
}
