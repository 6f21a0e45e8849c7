package oriel.engine.search;

import java.util.regex.PatternSyntaxException;

/**
 * A regular expression over bytes, each taken as the character of the same number (ISO-8859-1).
 * {@code .} matches every byte. Matches longer than {@value #MAX_LENGTH} bytes may be cut or
 * missed.
 *
 * @param regex in the syntax of {@link java.util.regex.Pattern}
 */
public record RegexPattern(java.util.regex.Pattern regex) implements Pattern {
    /** Longest match that is found for sure. */
    public static final int MAX_LENGTH = 4096;

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static RegexPattern of(String regex, boolean ignoreCase) {
        int flags = java.util.regex.Pattern.DOTALL;
        if (ignoreCase) {
            flags |= java.util.regex.Pattern.CASE_INSENSITIVE;
        }
        try {
            return new RegexPattern(java.util.regex.Pattern.compile(regex, flags));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    e.getDescription() + " at character " + (e.getIndex() + 1) + " of " + regex, e);
        }
    }

    @Override
    public int maxLength() {
        return MAX_LENGTH;
    }

    @Override
    public String toString() {
        return "/" + regex + "/";
    }
}
