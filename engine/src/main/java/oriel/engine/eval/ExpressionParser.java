package oriel.engine.eval;

import java.util.Locale;
import java.util.OptionalLong;

/** Reads one expression from left to right and works it out on the way. */
final class ExpressionParser {
    private static final int DEEPEST = 200;
    private static final int LONGEST = 1 << 14;

    /** Binary operators from the loosest to the tightest. */
    private static final String[][] LEVELS = {
        {"||"},
        {"&&"},
        {"or", "|"},
        {"xor", "^"},
        {"and", "&"},
        {"==", "!=", "<=", ">=", "=", "<", ">"},
        {"<<", ">>>", ">>"},
        {"+", "-"},
        {"*", "/", "%", "mod"}
    };

    private final String text;
    private final int radix;
    private final ExpressionContext context;
    private final boolean narrow;
    private int at;
    private int depth;
    private int unused;

    /** Reads from the beginning of a text. */
    ExpressionParser(String text, int radix, ExpressionContext context) {
        this(text, 0, radix, context);
    }

    /** Reads from a position of a text on. */
    ExpressionParser(String text, int from, int radix, ExpressionContext context) {
        this.text = text;
        this.at = from;
        this.radix = radix;
        this.context = context;
        this.narrow = !context.architecture().is64Bit();
    }

    /** Reads all of the text. */
    long parse() {
        long value = parsePrefix();
        if (at < text.length()) {
            throw error(at, "'" + text.charAt(at) + "' is not expected here, an operator would be");
        }
        return value;
    }

    /** Reads as far as the text is one expression: to where an operator would have to come. */
    long parsePrefix() {
        if (text.length() > LONGEST) {
            throw error(LONGEST, "longer than " + LONGEST + " characters");
        }
        long value = binary(0);
        skipBlanks();
        return value;
    }

    /** Where reading has come to. */
    int position() {
        return at;
    }

    private EvalException error(int position, String problem) {
        return new EvalException(text, position, problem);
    }

    /** Something that has no value here; no matter where the value decides nothing. */
    private long unknown(int position, String problem) {
        if (unused > 0) {
            return 0;
        }
        throw error(position, problem);
    }

    private long binary(int level) {
        if (level == LEVELS.length) {
            return unary();
        }
        long left = binary(level + 1);
        while (true) {
            skipBlanks();
            int where = at;
            String operator = operator(level);
            if (operator.isEmpty()) {
                return left;
            }
            // What decides nothing any more is read, but may be unknown: @rcx && poi(@rcx).
            boolean decided =
                    operator.equals("||") ? left != 0 : operator.equals("&&") && left == 0;
            unused += decided ? 1 : 0;
            long right = binary(level + 1);
            unused -= decided ? 1 : 0;
            left = apply(operator, left, right, where);
        }
    }

    /** Takes an operator of a level; not the beginning of a longer one. */
    private String operator(int level) {
        for (String operator : LEVELS[level]) {
            if (startsWith(operator) && !isLonger(operator)) {
                at += operator.length();
                return operator;
            }
        }
        return "";
    }

    private boolean isLonger(String operator) {
        int end = at + operator.length();
        if (end >= text.length()) {
            return false;
        }
        char next = text.charAt(end);
        return switch (operator) {
            case "|", "&" -> next == operator.charAt(0);
            case "<", ">" -> next == operator.charAt(0);
            default -> Character.isLetter(operator.charAt(0)) && isNamePart(next);
        };
    }

    private boolean startsWith(String word) {
        return text.regionMatches(true, at, word, 0, word.length());
    }

    private long apply(String operator, long a, long b, int where) {
        return switch (operator) {
            case "||" -> truth(a != 0 || b != 0);
            case "&&" -> truth(a != 0 && b != 0);
            case "or", "|" -> a | b;
            case "xor", "^" -> a ^ b;
            case "and", "&" -> a & b;
            case "==", "=" -> truth(a == b);
            case "!=" -> truth(a != b);
            case "<" -> truth(Long.compareUnsigned(a, b) < 0);
            case ">" -> truth(Long.compareUnsigned(a, b) > 0);
            case "<=" -> truth(Long.compareUnsigned(a, b) <= 0);
            case ">=" -> truth(Long.compareUnsigned(a, b) >= 0);
            case "<<" -> cut(a, b, b < 0 || b > 63 ? 0 : a << b);
            case ">>" -> b < 0 || b > 63 ? 0 : a >>> b;
            case ">>>" -> arithmeticShift(a, b);
            case "+" -> cut(a, b, a + b);
            case "-" -> cut(a, b, a - b);
            case "*" -> cut(a, b, a * b);
            default -> divide(operator, a, b, where);
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    private long divide(String operator, long a, long b, int where) {
        if (b == 0) {
            return unknown(where, "division by zero");
        }
        return operator.equals("/") ? Long.divideUnsigned(a, b) : Long.remainderUnsigned(a, b);
    }

    private long arithmeticShift(long a, long b) {
        long count = b < 0 || b > 63 ? 63 : b;
        return isNarrow(a) ? (int) a >> Math.min(count, 31) & 0xffffffffL : a >> count;
    }

    /** Numbers of a 32-bit target wrap at 32 bits, unless one of them is wider already. */
    private long cut(long a, long b, long result) {
        return isNarrow(a) && isNarrow(b) ? result & 0xffffffffL : result;
    }

    private boolean isNarrow(long value) {
        return narrow && value >>> 32 == 0;
    }

    private long unary() {
        if (++depth > DEEPEST) {
            throw error(at, "nested more than " + DEEPEST + " deep");
        }
        skipBlanks();
        long value;
        if (take('-')) {
            long operand = unary();
            value = cut(operand, operand, -operand);
        } else if (take('+')) {
            value = unary();
        } else if (take('~')) {
            long operand = unary();
            value = cut(operand, operand, ~operand);
        } else {
            value = primary();
        }
        depth--;
        return value;
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private long primary() {
        if (at >= text.length()) {
            throw error(at, "a number or a name is missing");
        }
        int start = at;
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            return closed(binary(0), start);
        }
        if (c == '@') {
            at++;
            return startsWith("@") ? otherSyntax(start) : afterAt(start);
        }
        if (c == '\'') {
            return characters(start);
        }
        if (c == '$') {
            at++;
            return pseudo(start);
        }
        int module = context.moduleLength(text, at);
        if (module > 0) {
            at += module;
            return moduleOrSymbol(text.substring(start, at), start);
        }
        if (c == '!') {
            return symbol("", start);
        }
        if (!isNamePart(c)) {
            throw error(at, "'" + c + "' is not expected here, a number or a name would be");
        }
        return word(start);
    }

    /** Characters in quotes are their codes, the first one the most significant. */
    private long characters(int start) {
        int end = text.indexOf('\'', start + 1);
        if (end <= start + 1 || end - start > 9) {
            throw error(start, "from 1 to 8 characters in quotes are a number");
        }
        long value = 0;
        for (int i = start + 1; i < end; i++) {
            value = value << 8 | text.charAt(i) & 0xff;
        }
        at = end + 1;
        return value;
    }

    /**
     * Within {@code @@(...)} and {@code @@c++(...)} stands C++, within {@code @@masm(...)} this.
     */
    private long otherSyntax(int start) {
        at++;
        boolean masm = startsWith("masm(");
        int open = text.indexOf('(', at);
        boolean known = masm || startsWith("c++(") || startsWith("(");
        if (!known) {
            throw error(start, "@@(...), @@c++(...) or @@masm(...) is wanted");
        }
        if (masm) {
            at = open + 1;
            return closed(binary(0), open);
        }
        int end = closing(open);
        if (end < 0) {
            throw error(text.length(), "the parenthesis of position " + open + " is not closed");
        }
        at = end + 1;
        return unused > 0 ? 0 : context.typed().number(text.substring(open + 1, end));
    }

    /** Index of the parenthesis that closes another; -1 when none does. */
    private int closing(int open) {
        int deep = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            deep += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (deep == 0) {
                return i;
            }
        }
        return -1;
    }

    private long closed(long value, int start) {
        skipBlanks();
        if (!take(')')) {
            throw error(at, "the parenthesis of position " + start + " is not closed");
        }
        return value;
    }

    /** Behind an at sign stand registers, pseudo-registers, and names in quotes. */
    private long afterAt(int start) {
        if (take('$')) {
            return pseudo(start);
        }
        if (startsWith("!\"")) {
            int end = text.indexOf('"', at + 2);
            if (end < 0) {
                throw error(at + 1, "the quote is not closed");
            }
            String name = text.substring(at + 2, end);
            at = end + 1;
            int bang = name.indexOf('!');
            return found(
                    bang < 0
                            ? Label.of("", name, 0)
                            : Label.of(name.substring(0, bang), name.substring(bang + 1), 0),
                    start);
        }
        String name = name();
        OptionalLong value = context.register(name);
        if (value.isPresent()) {
            return value.getAsLong();
        }
        return unknown(
                start,
                context.isRegister(name)
                        ? "the value of " + name + " is not known"
                        : "there is no register " + name);
    }

    private long pseudo(int start) {
        if (startsWith("!")) {
            return symbol("", start);
        }
        String name = name().toLowerCase(Locale.ROOT);
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '(') {
            return function(name, start);
        }
        OptionalLong value = context.pseudo(name);
        if (value.isEmpty()) {
            return unknown(start, "$" + name + " is not known here");
        }
        return value.getAsLong();
    }

    /** Functions that WinDbg writes with a dollar sign. */
    private long function(String name, int start) {
        int open = at++;
        long first = binary(0);
        switch (name) {
            case "iment" -> {
                OptionalLong entry = context.entryPointOf(first);
                closed(0, open);
                if (entry.isEmpty()) {
                    return unknown(start, "no image with an entry point at that address");
                }
                return entry.getAsLong();
            }
            case "vvalid" -> {
                skipBlanks();
                if (!take(',')) {
                    throw error(at, "a comma and a size are missing");
                }
                long size = closed(binary(0), open);
                return truth(isReadable(first, size));
            }
            default -> throw error(start, "there is no function $" + name);
        }
    }

    private boolean isReadable(long va, long size) {
        if (size < 0 || size > 1 << 20) {
            unknown(at, "a size of at most 0x100000 is wanted");
            return false;
        }
        return context.memory().readUpTo(va, (int) size).length == size;
    }

    private long word(int start) {
        String word = name();
        skipBlanks();
        boolean called = at < text.length() && text.charAt(at) == '(';
        if (at < text.length() && text.charAt(at) == '!' && !startsWith("!=")) {
            return symbol(word, start);
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (isPrefixOperator(lower) && (called || at > start + word.length())) {
            return prefix(lower, start);
        }
        if (word.equals(".")) {
            // Where the program is.
            OptionalLong pc = context.pseudo("ip");
            return pc.isPresent()
                    ? pc.getAsLong()
                    : unknown(start, "the program counter is not known");
        }
        OptionalLong number = NumberText.parse(word, radix);
        if (number.isPresent()) {
            return number.getAsLong();
        }
        OptionalLong register = context.register(word);
        if (register.isPresent()) {
            return register.getAsLong();
        }
        if (context.isRegister(word)) {
            return unknown(start, "the value of " + word + " is not known");
        }
        at = start;
        String symbol = symbolName();
        OptionalLong module = context.label(Label.of(symbol, 0));
        return module.isPresent() ? module.getAsLong() : found(Label.of("", symbol, 0), start);
    }

    private static boolean isPrefixOperator(String word) {
        return switch (word) {
            case "poi", "qwo", "dwo", "wo", "by", "hi", "low", "not" -> true;
            default -> false;
        };
    }

    private long prefix(String operator, int start) {
        long operand = unary();
        return switch (operator) {
            case "hi" -> operand >>> 16 & 0xffff;
            case "low" -> operand & 0xffff;
            case "not" -> truth(operand == 0);
            case "by" -> load(operand, 1, start);
            case "wo" -> load(operand, 2, start);
            case "dwo" -> load(operand, 4, start);
            case "qwo" -> load(operand, 8, start);
            default -> load(operand, context.architecture().pointerSize(), start);
        };
    }

    private long load(long va, int width, int start) {
        OptionalLong value =
                context.memory().unsigned(va & context.architecture().addressMask(), width);
        if (value.isEmpty()) {
            return unknown(start, "memory at 0x" + Long.toHexString(va) + " cannot be read");
        }
        return value.getAsLong();
    }

    private long moduleOrSymbol(String module, int start) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '!' && !startsWith("!=")) {
            return symbol(module, start);
        }
        return found(Label.of(module, 0), start);
    }

    private long symbol(String module, int start) {
        at++;
        skipBlanks();
        if (take('#')) {
            skipBlanks();
            int where = at;
            OptionalLong ordinal = NumberText.parse(name(), radix);
            if (ordinal.isEmpty()) {
                throw error(where, "the number of an export is missing");
            }
            return found(Label.ofOrdinal(module, ordinal.getAsLong(), 0), start);
        }
        String name = symbolName();
        if (name.isEmpty()) {
            throw error(at, "the name of a symbol is missing");
        }
        return found(Label.of(module, name, 0), start);
    }

    private long found(Label label, int start) {
        OptionalLong value = context.label(label);
        if (value.isPresent()) {
            return value.getAsLong();
        }
        String name = label.function().orElse("");
        boolean bare = label.module().isEmpty() && label.function().isPresent();
        return unknown(
                start,
                bare
                        ? "'" + name + "' is not a number, register, module or symbol here"
                        : context.labels().problem(label));
    }

    private String name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /**
     * The name of a symbol: letters, digits and what decorated and C++ names have in them, template
     * arguments as long as their brackets close, and the sign of an operator.
     */
    private String symbolName() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            int template = c == '<' && at > start ? templateLength() : 0;
            if (template > 0) {
                at += template;
            } else if (isNamePart(c) || c == '?' || c == '@' || c == '~' || c == '$') {
                at++;
            } else if (c == ':' && at + 1 < text.length() && text.charAt(at + 1) == ':') {
                at += 2;
            } else {
                break;
            }
        }
        return text.substring(start, at);
    }

    /** Characters up to the bracket that closes the one here; 0 when none does. */
    private int templateLength() {
        int open = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (open == 0) {
                return i + 1 - at;
            }
            boolean plain = isNamePart(c) || "<>,:*&()[] -".indexOf(c) >= 0;
            if (!plain) {
                return 0;
            }
        }
        return 0;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Whether a character can be part of a word: of numbers the backtick, of modules the dot. */
    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '`' || c == '.';
    }
}
