package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.engine.demangle.ItaniumOperators.Kind;
import oriel.engine.demangle.ItaniumOperators.Operator;

/** Reads the expressions of the Itanium C++ scheme. */
final class ItaniumExpressions {
    private final ItaniumReader reader;
    private final Cursor in;

    ItaniumExpressions(ItaniumReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    ItaniumNode expression() {
        in.enter();
        ItaniumNode found = read();
        in.leave();
        return found;
    }

    private ItaniumNode read() {
        boolean global = in.accept("gs");
        if (in.looksAt("dn") || in.looksAt("on")) {
            return reader.names.unresolved(global);
        }
        Optional<Operator> operator = ItaniumOperators.read(in);
        if (operator.isPresent()) {
            return operation(operator.get(), global);
        }
        char c = in.peek();
        if (c == 'L') {
            return literal();
        }
        if (c == 'T') {
            return reader.templateParameter();
        }
        if (c == 'f') {
            char next = in.peek(1);
            boolean parameter = next == 'p' || next == 'L' && ItaniumReader.isDigit(in.peek(2));
            return parameter ? functionParameter() : fold();
        }
        return other(global);
    }

    private ItaniumNode other(boolean global) {
        if (in.accept("il")) {
            return braced(new ItaniumNode.Text(""));
        }
        if (in.accept("tl")) {
            return braced(reader.types.type());
        }
        if (in.accept("nx")) {
            return new ItaniumExpression.Enclosed("noexcept ", expression(), ItaniumNode.UNARY);
        }
        if (in.accept("so")) {
            return subobject();
        }
        if (in.accept("mc")) {
            return memberConversion();
        }
        if (in.accept("sp")) {
            return new ItaniumTemplates.Expansion(expression());
        }
        if (in.accept("sZ")) {
            ItaniumNode pack = in.peek() == 'T' ? reader.templateParameter() : functionParameter();
            return bracketed(
                    "sizeof...", List.of(new ItaniumTemplates.Expansion(pack)), ItaniumNode.UNARY);
        }
        if (in.accept("sP")) {
            return bracketed(
                    "sizeof... ", reader.until('E', this::templateArgument), ItaniumNode.UNARY);
        }
        if (in.accept("tr")) {
            return new ItaniumNode.Text("throw");
        }
        if (in.accept("tw")) {
            return new ItaniumExpression.Prefix("throw ", expression(), ItaniumNode.DEFAULT);
        }
        if (in.accept("rq") || in.accept("rQ")) {
            in.rewind(in.at() - 1);
            return requires();
        }
        if (in.accept('u')) {
            ItaniumNode name = reader.names.sourceName();
            return new ItaniumExpression.Bracketed(
                    name, "(", reader.until('E', this::templateArgument), ")", ItaniumNode.POSTFIX);
        }
        return reader.names.unresolved(global);
    }

    /** An argument of a template, outside a list of them. */
    ItaniumNode templateArgument() {
        if (in.accept('X')) {
            ItaniumNode value = expression();
            in.expect('E');
            return value;
        }
        if (in.looksAt("LZ")) {
            in.skip(2);
            ItaniumNode symbol = reader.symbols.encoding();
            in.expect('E');
            return symbol;
        }
        if (in.peek() == 'L') {
            return literal();
        }
        if (in.accept('J')) {
            return new ItaniumTemplates.ArgumentPack(reader.until('E', this::templateArgument));
        }
        return reader.types.type();
    }

    private static ItaniumNode bracketed(String word, List<ItaniumNode> items, int precedence) {
        return new ItaniumExpression.Bracketed(
                new ItaniumNode.Text(word), "(", items, ")", precedence);
    }

    private ItaniumNode braced(ItaniumNode type) {
        return new ItaniumExpression.Bracketed(
                type, "{", reader.until('E', this::designated), "}", ItaniumNode.PRIMARY);
    }

    private ItaniumNode designated() {
        in.enter();
        ItaniumNode found;
        if (in.accept("di")) {
            ItaniumNode field = reader.names.sourceName();
            found = new ItaniumExpression.Designated(".", List.of(field), "", designated());
        } else if (in.accept("dx")) {
            ItaniumNode index = expression();
            found = new ItaniumExpression.Designated("[", List.of(index), "]", designated());
        } else if (in.accept("dX")) {
            List<ItaniumNode> range = List.of(expression(), expression());
            found = new ItaniumExpression.Designated("[", range, "]", designated());
        } else {
            found = expression();
        }
        in.leave();
        return found;
    }

    private ItaniumNode operation(Operator operator, boolean global) {
        int precedence = operator.precedence();
        String sign = operator.sign();
        return switch (operator.kind()) {
            case BINARY -> {
                ItaniumNode first = expression();
                yield new ItaniumExpression.Binary(first, sign, expression(), precedence);
            }
            case PREFIX -> new ItaniumExpression.Prefix(sign, expression(), precedence);
            case POSTFIX -> {
                if (in.accept('_')) {
                    yield new ItaniumExpression.Prefix(sign, expression(), precedence);
                }
                yield new ItaniumExpression.Postfix(
                        expression(), sign, Optional.empty(), precedence);
            }
            case SUBSCRIPT -> {
                ItaniumNode array = expression();
                yield new ItaniumExpression.Subscript(array, expression());
            }
            case MEMBER -> {
                ItaniumNode object = expression();
                yield new ItaniumExpression.Postfix(
                        object, sign, Optional.of(expression()), precedence);
            }
            case NEW -> allocation(sign, global);
            case DELETE ->
                    new ItaniumNode.Prefixed((global ? "::" : "") + sign + " ", expression());
            case CALL -> {
                ItaniumNode callee = expression();
                yield new ItaniumExpression.Bracketed(
                        callee, "(", reader.until('E', this::expression), ")", precedence);
            }
            case CAST -> conversion();
            case CONDITIONAL -> {
                ItaniumNode condition = expression();
                ItaniumNode then = expression();
                yield new ItaniumExpression.Conditional(condition, then, expression());
            }
            case NAMED_CAST -> {
                ItaniumNode type = reader.types.type();
                yield new ItaniumExpression.NamedCast(sign, type, expression());
            }
            case OF_TYPE -> new ItaniumExpression.Enclosed(sign, reader.types.type(), precedence);
            case OF_EXPRESSION -> new ItaniumExpression.Enclosed(sign, expression(), precedence);
            case NAME_ONLY -> throw in.refused();
        };
    }

    private ItaniumNode allocation(String sign, boolean global) {
        List<ItaniumNode> placement = reader.until('_', this::expression);
        ItaniumNode type = reader.types.type();
        Optional<List<ItaniumNode>> initial = Optional.empty();
        if (in.accept("pi")) {
            initial = Optional.of(reader.until('E', this::expression));
        } else {
            in.expect('E');
        }
        return new ItaniumExpression.New((global ? "::" : "") + sign, placement, type, initial);
    }

    private ItaniumNode conversion() {
        boolean follow = reader.templateArgumentsFollow;
        reader.templateArgumentsFollow = false;
        ItaniumNode type = reader.types.type();
        reader.templateArgumentsFollow = follow;
        List<ItaniumNode> operands =
                in.accept('_') ? reader.until('E', this::expression) : List.of(expression());
        ItaniumNode shown =
                new ItaniumExpression.Bracketed(
                        new ItaniumNode.Text(""), "(", List.of(type), ")", ItaniumNode.CAST);
        return new ItaniumExpression.Bracketed(shown, "(", operands, ")", ItaniumNode.CAST);
    }

    private ItaniumNode functionParameter() {
        if (in.accept("fpT")) {
            return new ItaniumNode.Text("this");
        }
        if (in.accept("fL")) {
            reader.number(false);
            in.expect('p');
        } else {
            in.expect("fp");
        }
        reader.types.qualifiers();
        String number = reader.number(false);
        in.expect('_');
        return new ItaniumNode.Text("fp" + number);
    }

    private ItaniumNode fold() {
        in.expect('f');
        char kind = in.next();
        boolean left = kind == 'l' || kind == 'L';
        boolean initial = kind == 'L' || kind == 'R';
        if (!left && !initial && kind != 'r') {
            throw in.refused();
        }
        Operator operator = ItaniumOperators.read(in).orElseThrow(in::refused);
        if (operator.kind() != Kind.BINARY && operator.kind() != Kind.MEMBER) {
            throw in.refused();
        }
        ItaniumNode pack = expression();
        Optional<ItaniumNode> start = initial ? Optional.of(expression()) : Optional.empty();
        if (left && start.isPresent()) {
            // Written before the pack.
            ItaniumNode first = pack;
            pack = start.get();
            start = Optional.of(first);
        }
        return new ItaniumExpression.Fold(left, operator.sign(), pack, start);
    }

    private ItaniumNode subobject() {
        ItaniumNode type = reader.types.type();
        ItaniumNode object = expression();
        String offset = reader.number(true);
        while (in.accept('_')) {
            reader.number(false);
        }
        in.accept('p');
        in.expect('E');
        String text = offset.isEmpty() ? "0" : minus(offset);
        ItaniumNode place =
                new ItaniumNode.Joined(
                        new ItaniumNode.Prefixed(".<", type),
                        "",
                        new ItaniumNode.Text(" at offset " + text + ">"));
        return new ItaniumNode.Joined(object, "", place);
    }

    private ItaniumNode memberConversion() {
        ItaniumNode type = reader.types.type();
        ItaniumNode member = expression();
        reader.number(true);
        in.expect('E');
        ItaniumNode shown =
                new ItaniumExpression.Bracketed(
                        new ItaniumNode.Text(""), "(", List.of(type), ")", ItaniumNode.CAST);
        return new ItaniumExpression.Bracketed(shown, "(", List.of(member), ")", ItaniumNode.CAST);
    }

    private ItaniumNode requires() {
        List<ItaniumNode> parameters = new ArrayList<>();
        if (in.next() == 'Q') {
            while (!in.accept('_')) {
                parameters.add(reader.types.type());
            }
        }
        List<ItaniumNode> demands = new ArrayList<>();
        do {
            demands.add(demand());
        } while (!in.accept('E'));
        return new ItaniumExpression.Requires(parameters, demands);
    }

    private ItaniumNode demand() {
        if (in.accept('X')) {
            ItaniumNode expression = expression();
            boolean noexcept = in.accept('N');
            Optional<ItaniumNode> type =
                    in.accept('R')
                            ? Optional.of(reader.names.name(Optional.empty()))
                            : Optional.empty();
            return new ItaniumExpression.Demand(expression, noexcept, type);
        }
        String word = in.accept('T') ? " typename " : " requires ";
        ItaniumNode subject;
        if (word.equals(" typename ")) {
            subject = reader.types.type();
        } else {
            in.expect('Q');
            subject = expression();
        }
        return new ItaniumNode.Joined(
                new ItaniumNode.Prefixed(word, subject), "", new ItaniumNode.Text(";"));
    }

    /** A literal between {@code L} and {@code E}. */
    ItaniumNode literal() {
        in.expect('L');
        char c = in.peek();
        if (in.accept("_Z")) {
            ItaniumNode symbol = reader.symbols.encoding();
            in.expect('E');
            return symbol;
        }
        if (c == 'A') {
            ItaniumNode type = reader.types.type();
            in.expect('E');
            return new ItaniumNode.Joined(
                    new ItaniumNode.Prefixed("\"<", type), "", new ItaniumNode.Text(">\""));
        }
        if (in.accept("DnE") || in.accept("Dn0E")) {
            return new ItaniumNode.Text("nullptr");
        }
        if (in.accept("Ul")) {
            ItaniumTemplates.Lambda lambda = reader.names.lambda(false);
            in.expect('E');
            return new LambdaValue(lambda);
        }
        if (c == 'T') {
            throw in.refused();
        }
        if (c == 'f' || c == 'd' || c == 'e') {
            in.skip(1);
            return floating(c);
        }
        if (in.accept("b0E")) {
            return new ItaniumNode.Text("false");
        }
        if (in.accept("b1E")) {
            return new ItaniumNode.Text("true");
        }
        if (!ItaniumTypes.builtin(c).isEmpty()) {
            in.skip(1);
            return integer(c);
        }
        ItaniumNode type = reader.types.type();
        String value = reader.number(true);
        if (value.isEmpty()) {
            throw in.refused();
        }
        in.expect('E');
        return new ItaniumNode.Joined(
                new ItaniumExpression.Bracketed(
                        new ItaniumNode.Text(""), "(", List.of(type), ")", ItaniumNode.CAST),
                "",
                new ItaniumNode.Text(minus(value)));
    }

    private static String minus(String number) {
        return number.startsWith("n") ? "-" + number.substring(1) : number;
    }

    private ItaniumNode integer(char type) {
        String value = minus(reader.number(true));
        in.expect('E');
        if (value.isEmpty()) {
            throw in.refused();
        }
        return new ItaniumNode.Text(
                switch (type) {
                    case 'i' -> value;
                    case 'j' -> value + "u";
                    case 'l' -> value + "l";
                    case 'm' -> value + "ul";
                    case 'x' -> value + "ll";
                    case 'y' -> value + "ull";
                    default -> "(" + ItaniumTypes.builtin(type) + ")" + value;
                });
    }

    private ItaniumNode floating(char type) {
        int digits = type == 'f' ? 8 : type == 'd' ? 16 : 20;
        int start = in.at();
        in.skip(digits);
        String hex = in.from(start);
        in.expect('E');
        for (int i = 0; i < digits; i++) {
            if (Character.digit(hex.charAt(i), 16) < 0) {
                throw in.refused();
            }
        }
        return new ItaniumNode.Text(FloatText.of(type, hex));
    }

    /** A lambda as a value. */
    private static final class LambdaValue extends ItaniumNode {
        private final ItaniumTemplates.Lambda type;

        LambdaValue(ItaniumTemplates.Lambda type) {
            this.type = type;
        }

        @Override
        void left(Output out) {
            out.append("[]");
            type.declarator(out);
            out.append("{...}");
        }
    }
}
