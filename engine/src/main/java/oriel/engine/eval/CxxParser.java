package oriel.engine.eval;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.format.pdb.PrimitiveType;

/** Reads one expression of C++ from left to right and works it out on the way. */
final class CxxParser {
    private static final int DEEPEST = 100;
    private static final int LONGEST = 1 << 12;

    /** Binary operators from the loosest to the tightest. */
    private static final String[][] LEVELS = {
        {"||"},
        {"&&"},
        {"|"},
        {"^"},
        {"&"},
        {"==", "!="},
        {"<=", ">=", "<", ">"},
        {"<<", ">>"},
        {"+", "-"},
        {"*", "/", "%"}
    };

    private final String text;
    private final ExpressionContext context;
    private final CxxTypes types;
    private final CxxOperators operators;
    private int at;
    private int depth;

    /** What stands behind {@code 0 &&} and the like is read and counts for nothing. */
    private int unused;

    CxxParser(String text, ExpressionContext context) {
        this.text = text;
        this.context = context;
        this.types = new CxxTypes(context);
        this.operators = new CxxOperators(types, context.architecture().pointerSize());
    }

    CxxValue parse() {
        if (text.length() > LONGEST) {
            throw error(LONGEST, "longer than " + LONGEST + " characters");
        }
        CxxValue value = conditional();
        skipBlanks();
        if (at < text.length()) {
            throw error(at, "'" + text.charAt(at) + "' is not expected here, an operator would be");
        }
        return attempt(0, value::checked);
    }

    private EvalException error(int position, String problem) {
        return new EvalException(text, position, problem);
    }

    /** Something that has no value here; no matter where the value decides nothing. */
    private CxxValue unknown(int position, String problem) {
        if (unused > 0) {
            return CxxValue.number(PrimitiveType.INT, 0);
        }
        throw error(position, problem);
    }

    private CxxValue conditional() {
        if (++depth > DEEPEST) {
            throw error(at, "nested more than " + DEEPEST + " deep");
        }
        CxxValue condition = binary(0);
        CxxValue result = condition;
        if (take("?")) {
            boolean first = condition.holds();
            unused += first ? 0 : 1;
            CxxValue yes = conditional();
            unused -= first ? 0 : 1;
            if (!take(":")) {
                throw error(at, "':' is missing");
            }
            unused += first ? 1 : 0;
            CxxValue no = conditional();
            unused -= first ? 1 : 0;
            result = first ? yes : no;
        }
        depth--;
        return result;
    }

    private CxxValue binary(int level) {
        if (level == LEVELS.length) {
            return unary();
        }
        CxxValue left = binary(level + 1);
        while (true) {
            int where = at;
            String operator = operator(level);
            if (operator.isEmpty()) {
                return left;
            }
            boolean decided =
                    operator.equals("||") && left.holds() || operator.equals("&&") && !left.holds();
            unused += decided ? 1 : 0;
            CxxValue right = binary(level + 1);
            unused -= decided ? 1 : 0;
            left = apply(operator, left, right, where);
        }
    }

    private CxxValue apply(String operator, CxxValue left, CxxValue right, int where) {
        try {
            return operators.binary(operator, left, right);
        } catch (ArithmeticException e) {
            return unknown(where, "division by zero");
        } catch (IllegalArgumentException e) {
            throw error(where, String.valueOf(e.getMessage()));
        } catch (EvalException e) {
            return unknown(where, e.problem());
        }
    }

    private String operator(int level) {
        skipBlanks();
        for (String operator : LEVELS[level]) {
            if (text.startsWith(operator, at) && !isLonger(operator)) {
                at += operator.length();
                return operator;
            }
        }
        return "";
    }

    private boolean isLonger(String operator) {
        int end = at + operator.length();
        char next = end < text.length() ? text.charAt(end) : ' ';
        return switch (operator) {
            case "|", "&", "<", ">" -> next == operator.charAt(0);
            default -> false;
        };
    }

    private CxxValue unary() {
        if (++depth > DEEPEST) {
            throw error(at, "nested more than " + DEEPEST + " deep");
        }
        skipBlanks();
        int start = at;
        CxxValue value;
        if (take("-") || take("+") || take("!") || take("~")) {
            char sign = text.charAt(start);
            CxxValue operand = unary();
            value = attempt(start, () -> operators.unary(sign, operand));
        } else if (take("*")) {
            CxxValue operand = unary();
            value = attempt(start, () -> operators.dereferenced(operand));
        } else if (take("&")) {
            CxxValue operand = unary();
            value = attempt(start, () -> operators.addressOf(operand));
        } else if (text.startsWith("sizeof", at) && !isWord(at + 6)) {
            at += 6;
            value = size();
        } else {
            value = cast().orElseGet(this::postfix);
        }
        depth--;
        return value;
    }

    /** What may find that memory is missing, or that an operand is of the wrong kind. */
    private CxxValue attempt(int position, java.util.function.Supplier<CxxValue> what) {
        try {
            return what.get();
        } catch (IllegalArgumentException e) {
            return unknown(position, String.valueOf(e.getMessage()));
        } catch (EvalException e) {
            return unknown(position, e.problem());
        }
    }

    private CxxValue size() {
        skipBlanks();
        int open = at;
        int end = open < text.length() && text.charAt(open) == '(' ? closing(open) : -1;
        if (end > 0) {
            Optional<CxxType> type = types.find(text.substring(open + 1, end));
            if (type.isPresent()) {
                at = end + 1;
                return CxxValue.number(PrimitiveType.UINT64, type.get().sizeBytes());
            }
        }
        return CxxValue.number(PrimitiveType.UINT64, unary().type().sizeBytes());
    }

    /** A type in parentheses and what is to be of that type. */
    private Optional<CxxValue> cast() {
        if (at >= text.length() || text.charAt(at) != '(') {
            return Optional.empty();
        }
        int start = at;
        int end = closing(at);
        if (end < 0) {
            throw error(text.length(), "the parenthesis of position " + at + " is not closed");
        }
        String inside = text.substring(at + 1, end);
        int next = end + 1;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        boolean operand =
                next < text.length()
                        && (isWord(next) || "@(*&-~!'\"$".indexOf(text.charAt(next)) >= 0);
        if (!operand || !mayBeType(inside)) {
            return Optional.empty();
        }
        Optional<CxxType> type = types.find(inside);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        at = next;
        CxxValue value = unary();
        return Optional.of(attempt(start, () -> operators.cast(type.get(), value)));
    }

    private static boolean mayBeType(String words) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_!:<>, *&`-".indexOf(c) < 0) {
                return false;
            }
        }
        String stripped = words.strip();
        return !stripped.isEmpty() && !Character.isDigit(stripped.charAt(0));
    }

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

    private CxxValue postfix() {
        CxxValue value = primary();
        while (true) {
            skipBlanks();
            int start = at;
            CxxValue of = value;
            if (take("->")) {
                String name = member();
                value = attempt(start, () -> operators.member(operators.dereferenced(of), name));
            } else if (text.startsWith(".", at)) {
                at++;
                String name = member();
                value = attempt(start, () -> operators.member(of, name));
            } else if (take("[")) {
                CxxValue index = conditional();
                if (!take("]")) {
                    throw error(at, "the bracket of position " + start + " is not closed");
                }
                value = attempt(start, () -> operators.element(of, index));
            } else {
                return value;
            }
        }
    }

    private String member() {
        skipBlanks();
        int start = at;
        while (isWord(at)) {
            at++;
        }
        if (at == start) {
            throw error(at, "the name of a member is missing");
        }
        return text.substring(start, at);
    }

    private CxxValue primary() {
        skipBlanks();
        int start = at;
        if (at >= text.length()) {
            throw error(at, "a number or a name is missing");
        }
        char c = text.charAt(at);
        if (take("(")) {
            CxxValue value = conditional();
            if (!take(")")) {
                throw error(at, "the parenthesis of position " + start + " is not closed");
            }
            return value;
        }
        if (text.startsWith("@@", at)) {
            return otherSyntax();
        }
        if (c == '@' || c == '$') {
            return register();
        }
        if (c == '\'') {
            return character();
        }
        if (Character.isDigit(c)) {
            return number();
        }
        if (isWord(at)) {
            return name();
        }
        throw error(at, "'" + c + "' is not expected here, a number or a name would be");
    }

    private CxxValue otherSyntax() {
        int start = at;
        int open = text.indexOf('(', at);
        int end = open < 0 ? -1 : closing(open);
        if (!text.startsWith("@@masm(", at) && !text.startsWith("@@(", at) || end < 0) {
            throw error(start, "@@masm(...) is wanted");
        }
        at = end + 1;
        String inside = text.substring(open + 1, end);
        return attempt(
                start,
                () ->
                        CxxValue.number(
                                PrimitiveType.INT64,
                                new ExpressionParser(inside, context.radix(), context).parse()));
    }

    private CxxValue register() {
        int start = at;
        take("@");
        boolean pseudo = take("$");
        String name = member().toLowerCase(Locale.ROOT);
        OptionalLong value = pseudo ? context.pseudo(name) : context.register(name);
        if (value.isEmpty()) {
            return unknown(
                    start,
                    pseudo || context.isRegister(name)
                            ? "the value of " + name + " is not known"
                            : "there is no register " + name);
        }
        Optional<CxxType> type = pseudo ? types.ofPseudo(name) : Optional.empty();
        return CxxValue.cut(
                type.orElse(new CxxType.Plain(PrimitiveType.UINT64)), value.getAsLong());
    }

    private CxxValue character() {
        int end = text.indexOf('\'', at + 1);
        if (end != at + 2) {
            throw error(at, "one character in quotes is wanted");
        }
        char c = text.charAt(at + 1);
        at = end + 1;
        return CxxValue.number(PrimitiveType.CHAR, c);
    }

    private CxxValue number() {
        int start = at;
        while (isWord(at) || isFraction(start)) {
            at++;
        }
        return CxxNumber.parse(text.substring(start, at))
                .orElseThrow(
                        () -> error(start, "'" + text.substring(start, at) + "' is no number"));
    }

    /** A point within a number, and the sign of its exponent. */
    private boolean isFraction(int start) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        boolean hexadecimal = text.startsWith("0x", start) || text.startsWith("0X", start);
        char before = text.charAt(at - 1);
        return !hexadecimal
                && (c == '.' || (c == '+' || c == '-') && (before == 'e' || before == 'E'));
    }

    private CxxValue name() {
        int start = at;
        int module = context.moduleLength(text, at);
        if (module > 0 && at + module < text.length() && text.charAt(at + module) == '!') {
            at += module;
        } else {
            qualified();
        }
        String first = text.substring(start, at);
        boolean inModule =
                at < text.length() && text.charAt(at) == '!' && !text.startsWith("!=", at);
        String name = first;
        if (inModule) {
            at++;
            int from = at;
            qualified();
            name = text.substring(from, at);
        }
        if (!inModule && (name.equals("true") || name.equals("false"))) {
            return CxxValue.truth(name.equals("true"));
        }
        String module1 = inModule ? first : "";
        String wanted = name;
        CxxValue found =
                attempt(
                        start,
                        () ->
                                types.variable(module1, wanted)
                                        .orElseGet(() -> symbol(module1, wanted)));
        return found;
    }

    /** A name without a type: where it is, as bytes. */
    private CxxValue symbol(String module, String name) {
        OptionalLong va =
                context.label(module.isEmpty() ? Label.of("", name, 0) : Label.of(module, name, 0));
        if (va.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + (module.isEmpty() ? "" : module + "!") + name + "' is not known here");
        }
        return CxxValue.cut(
                new CxxType.Pointer(
                        new CxxType.Plain(PrimitiveType.VOID),
                        context.architecture().pointerSize()),
                va.getAsLong());
    }

    private void qualified() {
        while (isWord(at) || text.startsWith("::", at)) {
            at += isWord(at) ? 1 : 2;
        }
    }

    private boolean isWord(int index) {
        if (index >= text.length()) {
            return false;
        }
        char c = text.charAt(index);
        return Character.isLetterOrDigit(c) || c == '_' || c == '`';
    }

    private boolean take(String sign) {
        skipBlanks();
        boolean there = text.startsWith(sign, at);
        boolean other =
                sign.equals("-") && text.startsWith("->", at)
                        || sign.equals("&") && text.startsWith("&&", at)
                        || sign.equals("!") && text.startsWith("!=", at);
        if (there && !other) {
            at += sign.length();
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
