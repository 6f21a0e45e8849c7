package oriel.engine.demangle;

import oriel.engine.demangle.Demangler.Level;

/** A readable name while it is written. Bounded in length, in work and in depth. */
final class Output {
    private static final int SLACK = 1 << 14;
    private static final int PER_CHARACTER = 64;
    private static final int MAX_DEPTH = 1200;

    private final StringBuilder text;
    private final Level level;
    private final int limit;
    private int steps;
    private int depth;

    /** Element of the template packs that is written, and how many there are; -1 outside one. */
    int packIndex = -1;

    int packCount = -1;

    /** Whether parameters of a lambda are written. */
    boolean inLambda;

    /** Whether a greater-than sign would close template arguments. */
    boolean inArguments;

    /**
     * @param inputLength of the name, to which the work is bounded
     */
    Output(Level level, int inputLength) {
        this.level = level;
        this.limit = SLACK + PER_CHARACTER * Math.min(inputLength, 1 << 20);
        this.text = new StringBuilder(Math.max(64, Math.min(inputLength * 2, 512)));
    }

    Level level() {
        return level;
    }

    /** Whether everything is shown: access, calling convention, types. */
    boolean full() {
        return level == Level.FULL;
    }

    /** Whether parameters are shown. */
    boolean parameters() {
        return level != Level.SHORT;
    }

    Output append(String s) {
        if (text.length() + s.length() > limit) {
            throw new Refusal("too long to write out");
        }
        text.append(s);
        return this;
    }

    Output append(char c) {
        if (text.length() >= limit) {
            throw new Refusal("too long to write out");
        }
        text.append(c);
        return this;
    }

    Output append(long number) {
        text.append(number);
        return this;
    }

    int length() {
        return text.length();
    }

    char last() {
        return text.isEmpty() ? 0 : text.charAt(text.length() - 1);
    }

    /** Takes back what was written since a length. */
    void cut(int length) {
        text.setLength(length);
    }

    /** What was written since a length. */
    String since(int length) {
        return text.substring(length);
    }

    /** A blank between words. */
    void space() {
        char c = last();
        if (c == '>' || Character.isLetterOrDigit(c)) {
            text.append(' ');
        }
    }

    /** Goes into a part. Each is paid for, also one that writes nothing. */
    void enter() {
        if (++depth > MAX_DEPTH || ++steps > limit) {
            throw new Refusal("too much to write out");
        }
    }

    void leave() {
        depth--;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
