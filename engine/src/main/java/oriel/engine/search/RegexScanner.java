package oriel.engine.search;

import java.util.regex.Matcher;

/** Finds matches of one regular expression, block by block. Not safe for several threads. */
final class RegexScanner {
    /** Where the matches go. */
    @FunctionalInterface
    interface Sink {
        /** A match at this index of the data. */
        void hit(int at, int length);
    }

    /**
     * Characters that may be looked at for each byte of a block. Ordinary expressions need a few;
     * ones that try ever more ways through the same bytes, like {@code (a+)+b}, would take years.
     */
    private static final int STEPS_PER_BYTE = 400;

    private static final long LEAST_STEPS = 10_000_000;

    private final RegexPattern pattern;
    private final Latin1 text = new Latin1();
    private final Matcher matcher;

    /** End of the last match: its rest may come again at the start of the next block. */
    private long lastEnd;

    private boolean any;

    RegexScanner(RegexPattern pattern) {
        this.pattern = pattern;
        this.matcher = pattern.regex().matcher(text);
    }

    RegexPattern pattern() {
        return pattern;
    }

    /**
     * Reports matches that begin within the first {@code own} bytes, not overlapping. A match of
     * nothing is none.
     *
     * @throws SearchEffortException when the expression takes too long
     */
    void scan(byte[] data, int have, int own, long va, Sink sink) {
        text.show(data, have);
        matcher.reset();
        try {
            find(have, own, va, sink);
        } catch (OutOfSteps | StackOverflowError e) {
            throw new SearchEffortException(
                    pattern
                            + " takes too long at "
                            + Long.toHexString(va)
                            + ": too many ways to match the same bytes; make it simpler, for"
                            + " example with possessive (++, *+) or bounded ({1,64}) repetition",
                    e);
        }
    }

    private void find(int have, int own, long va, Sink sink) {
        int from = any && lastEnd - va > 0 && lastEnd - va <= have ? (int) (lastEnd - va) : 0;
        while (from < own && matcher.find(from)) {
            int start = matcher.start();
            int end = matcher.end();
            if (start >= own) {
                return;
            }
            if (end > start) {
                sink.hit(start, end - start);
                any = true;
                lastEnd = va + end;
            }
            from = Math.max(end, start + 1);
        }
    }

    /** Thrown through the matcher to end it. */
    private static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfSteps() {
            super("", null, false, false);
        }
    }

    /** Bytes as characters of the same numbers; counts how often they are looked at. */
    private static final class Latin1 implements CharSequence {
        private byte[] data = new byte[0];
        private int length;
        private long steps;

        void show(byte[] bytes, int have) {
            data = bytes;
            length = have;
            steps = LEAST_STEPS + (long) have * STEPS_PER_BYTE;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new OutOfSteps();
            }
            return (char) (data[index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override
        public String toString() {
            return new String(data, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }
}
