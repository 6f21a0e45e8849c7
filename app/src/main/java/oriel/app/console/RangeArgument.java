package oriel.app.console;

import java.util.OptionalLong;
import oriel.engine.eval.Expressions;

/**
 * An address and how much from it on: {@code ADDRESS}, {@code ADDRESS Ln}, {@code ADDRESS END}.
 *
 * @param va where it begins
 * @param count elements, when it was said
 */
record RangeArgument(long va, OptionalLong count) {
    private static final long MOST = 1 << 26;

    /**
     * Reads the argument of a command.
     *
     * @param otherwise where to begin when no address was given
     * @param width bytes of an element
     */
    static RangeArgument parse(String text, Expressions expressions, long otherwise, int width) {
        if (text.isEmpty()) {
            return new RangeArgument(otherwise, OptionalLong.empty());
        }
        int cut = text.lastIndexOf(' ');
        String last = text.substring(cut + 1);
        if (last.length() > 1 && (last.charAt(0) == 'L' || last.charAt(0) == 'l')) {
            String address = cut < 0 ? "" : text.substring(0, cut).strip();
            String length = last.charAt(1) == '?' ? last.substring(2) : last.substring(1);
            long count = bounded(expressions.value(length));
            return new RangeArgument(
                    address.isEmpty() ? otherwise : expressions.address(address),
                    OptionalLong.of(count));
        }
        if (cut > 0 && isAlone(text.substring(0, cut)) && isAlone(last)) {
            long start = expressions.address(text.substring(0, cut).strip());
            long end = expressions.address(last);
            return new RangeArgument(start, OptionalLong.of(bounded((end - start) / width + 1)));
        }
        return new RangeArgument(expressions.address(text), OptionalLong.empty());
    }

    /** Whether text is an expression by itself, and not a part of a longer one. */
    private static boolean isAlone(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return false;
        }
        char first = stripped.charAt(0);
        char last = stripped.charAt(stripped.length() - 1);
        return "+-*/&|^<>=)".indexOf(first) < 0 && "+-*/&|^<>=(".indexOf(last) < 0;
    }

    private static long bounded(long count) {
        if (count < 0 || count > MOST) {
            throw new ConsoleException(
                    "a range of " + Long.toUnsignedString(count) + " is too long");
        }
        return count;
    }
}
