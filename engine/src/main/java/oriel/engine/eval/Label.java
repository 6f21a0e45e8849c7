package oriel.engine.eval;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place in a process that can be said again in another run: {@code module!function+offset},
 * {@code module!#ordinal+offset}, {@code module!offset}, {@code !function+offset}, or a plain
 * number. All parts may be missing; blanks around them do not count. In the place of a function may
 * stand a line of a source file, {@code module!file.c:42}.
 *
 * @param module label of a module, e.g. {@code kernel32}
 * @param function name of a function or variable, or a source line; never there together with an
 *     ordinal
 * @param ordinal number of an export, unsigned
 * @param offset from the function, else from the module, else an address
 */
public record Label(
        Optional<String> module, Optional<String> function, OptionalLong ordinal, long offset) {
    private static final int LONGEST_LINE = 7;

    /** The address 0. */
    public static final Label NULL =
            new Label(Optional.empty(), Optional.empty(), OptionalLong.empty(), 0);

    /** Checks that there are not both a name and an ordinal. */
    public Label {
        if (function.isPresent() && ordinal.isPresent()) {
            throw new IllegalArgumentException("both " + function + " and " + ordinal);
        }
    }

    /** An address, or an offset from nothing. */
    public static Label of(long offset) {
        return new Label(Optional.empty(), Optional.empty(), OptionalLong.empty(), offset);
    }

    /** A place counted from the start of a module. */
    public static Label of(String module, long offset) {
        return new Label(part(module), Optional.empty(), OptionalLong.empty(), offset);
    }

    /**
     * A place counted from a function.
     *
     * @param module empty for any module
     */
    public static Label of(String module, String function, long offset) {
        return new Label(part(module), part(function), OptionalLong.empty(), offset);
    }

    /**
     * A place counted from an export that is known by number.
     *
     * @param module empty for any module
     */
    public static Label ofOrdinal(String module, long ordinal, long offset) {
        return new Label(part(module), Optional.empty(), OptionalLong.of(ordinal), offset);
    }

    /**
     * Reads what {@link #toString} writes, and {@code module+offset!}.
     *
     * @throws EvalException when the text is something else, or could be a module as well as a
     *     function: see {@link Labels#split} for those
     */
    public static Label parse(String text) {
        String label = unquoted(text);
        if (label.isEmpty()) {
            return NULL;
        }
        int bang = label.indexOf('!');
        if (bang < 0) {
            return withoutModule(text, label);
        }
        String left = label.substring(0, bang).strip();
        String right = label.substring(bang + 1).strip();
        return right.isEmpty() ? moduleOnly(text, left) : within(text, left, right);
    }

    /** Without the backticks that may stand around a source line. */
    static String unquoted(String text) {
        String label = text.strip();
        boolean quoted = label.length() > 2 && label.startsWith("`") && label.endsWith("`");
        return quoted ? label.substring(1, label.length() - 1).strip() : label;
    }

    private static Label withoutModule(String text, String label) {
        OptionalLong number = LabelNumber.parse(label);
        if (number.isPresent()) {
            return of(number.getAsLong());
        }
        if (label.startsWith("#")) {
            return function(text, "", label);
        }
        throw new EvalException(
                text, 0, "could be a module or a function; write module! or !function");
    }

    private static Label moduleOnly(String text, String left) {
        OptionalLong number = digits(left);
        if (number.isPresent()) {
            return of(number.getAsLong());
        }
        var split = OffsetSplit.ofModule(left);
        rejectOffset(text, split.name());
        return of(split.name(), split.offset());
    }

    private static Label within(String text, String left, String right) {
        rejectOffset(text, left);
        OptionalLong number = digits(right);
        return number.isPresent() ? of(left, number.getAsLong()) : function(text, left, right);
    }

    /** A number that begins with a digit: beside a ! add and face are names, 0add is not. */
    private static OptionalLong digits(String text) {
        boolean plain =
                !text.isEmpty() && (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-');
        return plain ? LabelNumber.parse(text) : OptionalLong.empty();
    }

    private static Label function(String text, String module, String rest) {
        var split = OffsetSplit.ofFunction(rest);
        String name = split.name();
        if (!name.startsWith("#")) {
            return of(module, name, split.offset());
        }
        OptionalLong ordinal = LabelNumber.parse(name.substring(1).strip());
        if (ordinal.isEmpty()) {
            throw new EvalException(text, text.indexOf('#') + 1, "an ordinal is a number");
        }
        return ofOrdinal(module, ordinal.getAsLong(), split.offset());
    }

    private static void rejectOffset(String text, String module) {
        if (!OffsetSplit.ofModule(module).name().equals(module)) {
            throw new EvalException(
                    text, text.lastIndexOf('+'), "an offset stands behind the function");
        }
    }

    private static Optional<String> part(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** Whether it names neither module nor function: a plain address. */
    public boolean isAddress() {
        return module.isEmpty() && !hasFunction();
    }

    /** Whether it names a function, by name or number. */
    public boolean hasFunction() {
        return function.isPresent() || ordinal.isPresent();
    }

    /** Whether it names a line of a source file: a name that ends with a colon and a number. */
    public boolean isLine() {
        return lineColon() > 0;
    }

    /** The end of the path of the source file, of one that {@link #isLine}. */
    String file() {
        return function.orElse("").substring(0, Math.max(0, lineColon()));
    }

    /** The line, from 1, of one that {@link #isLine}. */
    int line() {
        return Integer.parseInt(function.orElse(""), lineColon() + 1, function.get().length(), 10);
    }

    private int lineColon() {
        String name = function.orElse("");
        int colon = name.lastIndexOf(':');
        boolean number = colon > 0 && name.charAt(colon - 1) != ':';
        for (int i = colon + 1; number && i < name.length(); i++) {
            number = name.charAt(i) >= '0' && name.charAt(i) <= '9';
        }
        int digits = name.length() - colon - 1;
        return number && digits > 0 && digits <= LONGEST_LINE ? colon : -1;
    }

    /** The strict form, which {@link #parse} reads; numbers are hexadecimal with 0x. */
    @Override
    public String toString() {
        if (isAddress()) {
            return "0x" + Long.toHexString(offset);
        }
        var text = new StringBuilder(module.orElse("")).append('!');
        if (!hasFunction()) {
            return offset == 0 ? text.toString() : text.append(signed("")).toString();
        }
        function.ifPresent(text::append);
        ordinal.ifPresent(number -> text.append("#0x").append(Long.toHexString(number)));
        return offset == 0 ? text.toString() : text.append(signed("+")).toString();
    }

    /** {@code module+offset!} when there is no function, else as {@link #toString}. */
    public String display() {
        return module.isPresent() && !hasFunction() && offset != 0
                ? module.get() + signed("+") + "!"
                : toString();
    }

    private String signed(String plus) {
        return offset < 0
                ? "-0x" + Long.toHexString(-offset)
                : plus + "0x" + Long.toHexString(offset);
    }

    /** A name and the number behind its last sign, if that is one: operator+ has none. */
    record OffsetSplit(String name, long offset) {
        /** Only + counts: libstdc++-6 and libgcc_s_seh-1 are modules. */
        static OffsetSplit ofModule(String text) {
            return at(text, text.lastIndexOf('+'));
        }

        static OffsetSplit ofFunction(String text) {
            return at(text, Math.max(text.lastIndexOf('+'), text.lastIndexOf('-')));
        }

        private static OffsetSplit at(String text, int sign) {
            String digits = sign <= 0 ? "" : text.substring(sign + 1).strip();
            OptionalLong value =
                    digits.isEmpty() || digits.startsWith("-") || digits.startsWith("+")
                            ? OptionalLong.empty()
                            : LabelNumber.parse(digits);
            if (value.isEmpty()) {
                return new OffsetSplit(text, 0);
            }
            long offset = text.charAt(sign) == '-' ? -value.getAsLong() : value.getAsLong();
            return new OffsetSplit(text.substring(0, sign).strip(), offset);
        }
    }
}
