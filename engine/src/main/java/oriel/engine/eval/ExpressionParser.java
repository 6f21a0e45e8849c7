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
    private final MasmArithmetic arithmetic;
    private final ExpressionText in;
    private int depth;
    private int unused;

    /** Reads from the beginning of a text. */
    ExpressionParser(String text, int radix, ExpressionContext context) {
        this(text, 0, radix, context);
    }

    /** Reads from a position of a text on. */
    ExpressionParser(String text, int from, int radix, ExpressionContext context) {
        this.text = text;
        this.in = new ExpressionText(text, from);
        this.radix = radix;
        this.context = context;
        this.arithmetic = new MasmArithmetic(!context.architecture().is64Bit());
    }

    /** Reads all of the text. */
    long parse() {
        long value = parsePrefix();
        if (!in.isAtEnd()) {
            throw error(in.at(), "'" + in.next() + "' is not expected here, an operator would be");
        }
        return value;
    }

    /** Reads as far as the text is one expression: to where an operator would have to come. */
    long parsePrefix() {
        if (text.length() > LONGEST) {
            throw error(LONGEST, "longer than " + LONGEST + " characters");
        }
        long value = binary(0);
        in.skipBlanks();
        return value;
    }

    /** Where reading has come to. */
    int position() {
        return in.at();
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
            in.skipBlanks();
            int where = in.at();
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
            OptionalLong result = arithmetic.apply(operator, left, right);
            left = result.isPresent() ? result.getAsLong() : unknown(where, "division by zero");
        }
    }

    /** Takes an operator of a level; not the beginning of a longer one. */
    private String operator(int level) {
        for (String operator : LEVELS[level]) {
            if (in.startsWith(operator) && !isLonger(operator)) {
                in.at(in.at() + operator.length());
                return operator;
            }
        }
        return "";
    }

    private boolean isLonger(String operator) {
        char next = in.after(operator.length());
        return switch (operator) {
            case "|", "&", "<", ">" -> next == operator.charAt(0);
            default -> Character.isLetter(operator.charAt(0)) && ExpressionText.isNamePart(next);
        };
    }

    private long unary() {
        if (++depth > DEEPEST) {
            throw error(in.at(), "nested more than " + DEEPEST + " deep");
        }
        in.skipBlanks();
        long value;
        if (in.take('-')) {
            value = arithmetic.negative(unary());
        } else if (in.take('+')) {
            value = unary();
        } else if (in.take('~')) {
            value = arithmetic.complement(unary());
        } else {
            value = primary();
        }
        depth--;
        return value;
    }

    private long primary() {
        if (in.isAtEnd()) {
            throw error(in.at(), "a number or a name is missing");
        }
        int start = in.at();
        char c = in.next();
        if (c == '(') {
            in.at(in.at() + 1);
            return closed(binary(0), start);
        }
        if (c == '@') {
            in.at(in.at() + 1);
            return in.startsWith("@") ? otherSyntax(start) : afterAt(start);
        }
        if (c == '\'') {
            return characters(start);
        }
        if (c == '$') {
            in.at(in.at() + 1);
            return pseudo(start);
        }
        if (c == '`') {
            return quotedLine(start);
        }
        int module = context.moduleLength(text, in.at());
        if (module > 0) {
            in.at(in.at() + module);
            return moduleOrSymbol(in.from(start), start);
        }
        if (c == '!') {
            return symbol("", start);
        }
        if (!ExpressionText.isNamePart(c)) {
            throw error(in.at(), "'" + c + "' is not expected here, a number or a name would be");
        }
        return word(start);
    }

    /** Between backticks stands a line of a source file: {@code `module!file.c:42`}. */
    private long quotedLine(int start) {
        int end = text.indexOf('`', start + 1);
        if (end < 0) {
            throw error(start, "the backtick is not closed");
        }
        in.at(end + 1);
        String line = text.substring(start + 1, end);
        int bang = line.indexOf('!');
        var label = Label.of(line.substring(0, Math.max(0, bang)), line.substring(bang + 1), 0);
        if (!label.isLine()) {
            throw error(start, "`MODULE!FILE:LINE` or `FILE:LINE` is wanted");
        }
        return found(label, start);
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
        in.at(end + 1);
        return value;
    }

    /**
     * Within {@code @@(...)} and {@code @@c++(...)} stands C++, within {@code @@masm(...)} this.
     */
    private long otherSyntax(int start) {
        in.at(in.at() + 1);
        boolean masm = in.startsWith("masm(");
        int open = text.indexOf('(', in.at());
        boolean known = masm || in.startsWith("c++(") || in.startsWith("(");
        if (!known) {
            throw error(start, "@@(...), @@c++(...) or @@masm(...) is wanted");
        }
        if (masm) {
            in.at(open + 1);
            return closed(binary(0), open);
        }
        int end = in.closing(open);
        if (end < 0) {
            throw error(text.length(), "the parenthesis of position " + open + " is not closed");
        }
        in.at(end + 1);
        return unused > 0 ? 0 : context.typed().number(text.substring(open + 1, end));
    }

    private long closed(long value, int start) {
        in.skipBlanks();
        if (!in.take(')')) {
            throw error(in.at(), "the parenthesis of position " + start + " is not closed");
        }
        return value;
    }

    /** Behind an at sign stand registers, pseudo-registers, and names in quotes. */
    private long afterAt(int start) {
        if (in.take('$')) {
            return pseudo(start);
        }
        if (in.startsWith("!\"")) {
            int end = text.indexOf('"', start + 3);
            if (end < 0) {
                throw error(start + 2, "the quote is not closed");
            }
            String name = text.substring(start + 3, end);
            in.at(end + 1);
            int bang = name.indexOf('!');
            return found(
                    bang < 0
                            ? Label.of("", name, 0)
                            : Label.of(name.substring(0, bang), name.substring(bang + 1), 0),
                    start);
        }
        String name = in.name();
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
        if (in.startsWith("!")) {
            return symbol("", start);
        }
        String name = in.name().toLowerCase(Locale.ROOT);
        in.skipBlanks();
        if (in.next() == '(') {
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
        int open = in.at();
        in.at(open + 1);
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
                in.skipBlanks();
                if (!in.take(',')) {
                    throw error(in.at(), "a comma and a size are missing");
                }
                long size = closed(binary(0), open);
                return MasmArithmetic.truth(isReadable(first, size));
            }
            default -> throw error(start, "there is no function $" + name);
        }
    }

    private boolean isReadable(long va, long size) {
        if (size < 0 || size > 1 << 20) {
            unknown(in.at(), "a size of at most 0x100000 is wanted");
            return false;
        }
        return context.memory().readUpTo(va, (int) size).length == size;
    }

    private long word(int start) {
        String word = in.name();
        in.skipBlanks();
        boolean called = in.next() == '(';
        if (in.next() == '!' && !in.startsWith("!=")) {
            return symbol(word, start);
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (isPrefixOperator(lower) && (called || in.at() > start + word.length())) {
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
        in.at(start);
        String symbol = in.symbolName();
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
            case "not" -> MasmArithmetic.truth(operand == 0);
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
        in.skipBlanks();
        if (in.next() == '!' && !in.startsWith("!=")) {
            return symbol(module, start);
        }
        return found(Label.of(module, 0), start);
    }

    private long symbol(String module, int start) {
        in.at(in.at() + 1);
        in.skipBlanks();
        if (in.take('#')) {
            in.skipBlanks();
            int where = in.at();
            OptionalLong ordinal = NumberText.parse(in.name(), radix);
            if (ordinal.isEmpty()) {
                throw error(where, "the number of an export is missing");
            }
            return found(Label.ofOrdinal(module, ordinal.getAsLong(), 0), start);
        }
        String name = in.symbolName();
        if (name.isEmpty()) {
            throw error(in.at(), "the name of a symbol is missing");
        }
        return found(Label.of(module, name, 0), start);
    }

    private long found(Label label, int start) {
        OptionalLong value = context.label(label);
        if (value.isPresent()) {
            return value.getAsLong();
        }
        String name = label.function().orElse("");
        boolean bare = label.module().isEmpty() && label.function().isPresent() && !label.isLine();
        return unknown(
                start,
                bare
                        ? "'" + name + "' is not a number, register, module or symbol here"
                        : context.labels().problem(label));
    }
}
