package oriel.engine.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import oriel.model.AddressRange;
import oriel.model.Memory;

/**
 * Looks for many patterns in one pass over memory and hands out what it finds, by address, as it
 * goes. Holds one block of memory and its matches, never all of them. For one thread.
 */
public final class MemorySearch {
    /** Takes the matches. */
    @FunctionalInterface
    public interface Sink {
        /** One match. Returns whether to go on. */
        boolean found(Match match);
    }

    private static final Comparator<Match> BY_ADDRESS =
            Comparator.comparingLong((Match m) -> m.va() ^ Long.MIN_VALUE);

    private final Memory memory;
    private final List<MaskedBytes> masked = new ArrayList<>();
    private final List<PointerPattern> pointers = new ArrayList<>();
    private final List<RegexScanner> regexes = new ArrayList<>();
    private final Optional<MaskedScanner> maskedScanner;
    private final int overlap;
    private final List<Match> blockMatches = new ArrayList<>();

    /**
     * @param memory where to look
     * @param patterns what to look for, at least one
     */
    public MemorySearch(Memory memory, List<? extends Pattern> patterns) {
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("nothing to look for");
        }
        this.memory = memory;
        int longest = 1;
        for (Pattern pattern : patterns) {
            longest = Math.max(longest, pattern.maxLength());
            switch (pattern) {
                case MaskedBytes m -> masked.add(m);
                case PointerPattern p -> pointers.add(p);
                case RegexPattern r -> regexes.add(new RegexScanner(r));
            }
        }
        this.maskedScanner =
                masked.isEmpty() ? Optional.empty() : Optional.of(new MaskedScanner(masked));
        this.overlap = longest - 1;
    }

    /**
     * Searches ranges, which are sorted and joined first, so that a match may cross from one into
     * the next. Memory that cannot be read is passed over page by page.
     *
     * @param progress told the number of bytes passed so far, now and then
     * @return whether the sink wanted all there was
     * @throws SearchEffortException when a regular expression takes too long
     */
    public boolean run(List<AddressRange> ranges, LongConsumer progress, Sink sink) {
        var window = new MemoryWindow(memory, overlap);
        long before = 0;
        for (AddressRange range : MemoryWindow.joined(ranges)) {
            long done = before;
            boolean all =
                    window.walk(
                            range,
                            (data, have, own, va, continued) -> {
                                collect(data, have, own, va);
                                progress.accept(done + (va - range.start()) + own);
                                return deliver(sink);
                            });
            if (!all) {
                return false;
            }
            before += range.sizeBytes();
        }
        return true;
    }

    private void collect(byte[] data, int have, int own, long va) {
        blockMatches.clear();
        if (maskedScanner.isPresent()) {
            maskedScanner
                    .get()
                    .scan(
                            data,
                            have,
                            own,
                            (at, p) -> {
                                MaskedBytes pattern = masked.get(p);
                                add(va + at, pattern.maxLength(), pattern);
                            });
        }
        for (PointerPattern pointer : pointers) {
            PointerScanner.scan(
                    pointer, data, have, own, va, at -> add(va + at, pointer.width(), pointer));
        }
        for (RegexScanner regex : regexes) {
            regex.scan(data, have, own, va, (at, length) -> add(va + at, length, regex.pattern()));
        }
    }

    private void add(long va, int length, Pattern pattern) {
        blockMatches.add(new Match(va, length, pattern));
    }

    private boolean deliver(Sink sink) {
        blockMatches.sort(BY_ADDRESS);
        for (Match match : blockMatches) {
            if (!sink.found(match)) {
                return false;
            }
        }
        return true;
    }
}
