package oriel.app.console;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.eval.Expressions;

/**
 * Reads the arguments of one command from left to right: expressions end where an operator would
 * have to come, ranges are {@code ADDRESS Ln}, {@code ADDRESS END}, {@code ADDRESS L-n}, and {@code
 * ADDRESS BYTES} where the second number is lower than the first.
 */
public final class CommandArguments {
    private static final long MOST = 1 << 26;

    private final ConsoleContext context;
    private final String text;
    private int at;

    /** Arguments of a command, evaluated in a context. */
    public CommandArguments(ConsoleContext context, String text) {
        this.context = context;
        this.text = text;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Whether nothing is left. */
    public boolean isEmpty() {
        skipBlanks();
        return at >= text.length();
    }

    /** Everything that is left. */
    public String rest() {
        skipBlanks();
        String rest = text.substring(at).strip();
        at = text.length();
        return rest;
    }

    /** Takes a word when it is next. */
    boolean take(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean there =
                text.startsWith(word, at)
                        && (end == text.length() || Character.isWhitespace(text.charAt(end)));
        at = there ? end : at;
        return there;
    }

    /** The next character, or 0. */
    public char next() {
        return isEmpty() ? 0 : text.charAt(at);
    }

    /** Takes a character when it is next. */
    boolean take(char c) {
        boolean there = next() == c;
        at += there ? 1 : 0;
        return there;
    }

    /** Text up to the next blank; empty when nothing is left. */
    public String word() {
        skipBlanks();
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Letters and digits up to something else; empty when there are none. */
    String name() {
        skipBlanks();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A text in quotes when one is next; backslashes before quotes are taken off. */
    public Optional<String> quoted() {
        skipBlanks();
        if (next() != '"') {
            return Optional.empty();
        }
        var inside = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            boolean escaped =
                    text.charAt(end) == '\\'
                            && end + 1 < text.length()
                            && text.charAt(end + 1) == '"';
            end += escaped ? 1 : 0;
            inside.append(text.charAt(end++));
        }
        if (end >= text.length()) {
            // The last quote may be left out.
            at = text.length();
        } else {
            at = end + 1;
        }
        return Optional.of(inside.toString());
    }

    /** The value of the expression that is next. */
    public long value() {
        skipBlanks();
        Expressions.Part part = context.expressions().part(text, at);
        at = part.end();
        return part.value();
    }

    /** The same as an address. */
    public long address() {
        return value() & context.architecture().addressMask();
    }

    /** The address that is next, or another one when nothing is left. */
    long addressOr(long otherwise) {
        return isEmpty() ? otherwise : address();
    }

    /** Where the text is up to, to go back to. */
    int position() {
        return at;
    }

    void position(int where) {
        at = where;
    }

    /**
     * An address and how much from it on.
     *
     * @param va where it begins
     * @param count elements, when it was said
     */
    public record Range(long va, OptionalLong count) {
        /** The elements, or so many when nothing was said. */
        long countOr(long otherwise) {
            return count.orElse(otherwise);
        }
    }

    /**
     * A range.
     *
     * @param otherwise where it begins when no address is given
     * @param width bytes of an element
     */
    Range range(long otherwise, int width) {
        boolean begins = !isEmpty() && !isLength();
        long va = begins ? address() : otherwise;
        if (isLength()) {
            return length(va, width);
        }
        boolean ends = begins && !isEmpty() && next() != '"';
        if (ends) {
            long end = address();
            if (Long.compareUnsigned(end, va) < 0 && end >= 0 && end <= MOST) {
                // As WinAppDbg has it: an address and a number of bytes.
                return new Range(va, OptionalLong.of((end + width - 1) / width));
            }
            return new Range(va, OptionalLong.of(bounded((end - va) / width + 1)));
        }
        return new Range(va, OptionalLong.empty());
    }

    /** A range whose length must be said, as of commands that change memory. */
    Range wholeRange(int width, String usage) {
        if (isEmpty()) {
            throw new ConsoleException(usage);
        }
        Range range = range(0, width);
        if (range.count().isEmpty()) {
            throw new ConsoleException(usage);
        }
        return range;
    }

    private boolean isLength() {
        boolean letter = next() == 'L' || next() == 'l';
        if (!letter || at + 1 >= text.length()) {
            return false;
        }
        int digit = at + 1;
        while (digit < text.length() && "?-".indexOf(text.charAt(digit)) >= 0) {
            digit++;
        }
        int end = digit;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String number = text.substring(digit, end).toLowerCase(Locale.ROOT);
        // Ln is a length, and so is L@rcx and L(2*8); a name that begins with L is none.
        boolean sign = !number.isEmpty() && "@($".indexOf(number.charAt(0)) >= 0;
        return sign || number.matches("0[xnty][0-9a-f]+|[0-9a-f`]+h?");
    }

    private Range length(long va, int width) {
        at++;
        boolean anyLength = take('?');
        boolean before = take('-');
        long count = value();
        if (count < 0 || count > MOST && !anyLength) {
            throw new ConsoleException(
                    "a range of " + Long.toUnsignedString(count) + " is too long; L? takes any");
        }
        return new Range(before ? va - count * width : va, OptionalLong.of(count));
    }

    private static long bounded(long count) {
        if (count < 0 || count > MOST) {
            throw new ConsoleException(
                    "a range of " + Long.toUnsignedString(count) + " is too long");
        }
        return count;
    }
}
