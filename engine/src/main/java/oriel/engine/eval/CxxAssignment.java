package oriel.engine.eval;

import java.util.Optional;

/**
 * The two sides of an assignment, {@code a = b} or {@code a += b}.
 *
 * @param left what is changed
 * @param right what it becomes
 */
record CxxAssignment(String left, String right) {
    private static final String COMPOUND = "+-*/%&|^";

    /** Splits a text at its assignment; empty when it has none outside of brackets and quotes. */
    static Optional<CxxAssignment> split(String text) {
        int deep = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'' || c == '"';
            deep += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
            if (c == '=' && deep == 0 && !quoted) {
                if (i + 1 < text.length() && text.charAt(i + 1) == '=') {
                    // A comparison.
                    i++;
                } else if (!isComparison(text, i)) {
                    return Optional.of(at(text, i));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the sign belongs to {@code !=}, {@code <=} or {@code >=}. */
    private static boolean isComparison(String text, int equals) {
        char before = equals == 0 ? ' ' : text.charAt(equals - 1);
        boolean shift = equals > 1 && text.charAt(equals - 2) == before;
        return before == '!' || (before == '<' || before == '>') && !shift;
    }

    private static CxxAssignment at(String text, int equals) {
        String right = text.substring(equals + 1).strip();
        int end = equals;
        boolean shift = equals > 1 && "<>".indexOf(text.charAt(equals - 1)) >= 0;
        if (shift) {
            end -= 2;
        } else if (equals > 0 && COMPOUND.indexOf(text.charAt(equals - 1)) >= 0) {
            end--;
        }
        String left = text.substring(0, end).strip();
        String operator = text.substring(end, equals);
        return new CxxAssignment(
                left, operator.isEmpty() ? right : left + " " + operator + " (" + right + ")");
    }
}
