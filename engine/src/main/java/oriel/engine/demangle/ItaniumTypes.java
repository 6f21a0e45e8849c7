package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the types of the Itanium C++ scheme. */
final class ItaniumTypes {
    private final ItaniumReader reader;
    private final Cursor in;

    ItaniumTypes(ItaniumReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    ItaniumNode type() {
        in.enter();
        ItaniumNode found = read();
        in.leave();
        return found;
    }

    /** const, volatile and restrict. */
    int qualifiers() {
        int found = 0;
        if (in.accept('r')) {
            found |= ItaniumType.RESTRICT;
        }
        if (in.accept('V')) {
            found |= ItaniumType.VOLATILE;
        }
        if (in.accept('K')) {
            found |= ItaniumType.CONST;
        }
        return found;
    }

    private ItaniumNode read() {
        String builtin = builtin(in.peek());
        if (!builtin.isEmpty()) {
            in.skip(1);
            return new ItaniumNode.Text(builtin);
        }
        switch (in.peek()) {
            case 'r', 'V', 'K':
                return qualifiedOrFunction();
            case 'U':
                return reader.remember(vendorQualified());
            case 'u':
                in.skip(1);
                ItaniumNode name = reader.names.sourceName();
                return reader.remember(
                        in.peek() == 'I'
                                ? new ItaniumNode.Template(name, reader.arguments.read(false))
                                : name);
            case 'D':
                return special();
            case 'F':
                return reader.remember(function());
            case 'A':
                return reader.remember(array());
            case 'M':
                return reader.remember(memberPointer());
            case 'T':
                return template();
            case 'P':
                in.skip(1);
                return reader.remember(new ItaniumType.Pointer(type(), "*"));
            case 'R':
                in.skip(1);
                return reader.remember(new ItaniumType.Pointer(type(), "&"));
            case 'O':
                in.skip(1);
                return reader.remember(new ItaniumType.Pointer(type(), "&&"));
            case 'C':
                in.skip(1);
                return reader.remember(new ItaniumNode.Suffixed(type(), " complex"));
            case 'G':
                in.skip(1);
                return reader.remember(new ItaniumNode.Suffixed(type(), " imaginary"));
            case 'S':
                return substituted();
            default:
                return reader.remember(reader.names.name(Optional.empty()));
        }
    }

    static String builtin(char c) {
        return switch (c) {
            case 'v' -> "void";
            case 'w' -> "wchar_t";
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'a' -> "signed char";
            case 'h' -> "unsigned char";
            case 's' -> "short";
            case 't' -> "unsigned short";
            case 'i' -> "int";
            case 'j' -> "unsigned int";
            case 'l' -> "long";
            case 'm' -> "unsigned long";
            case 'x' -> "long long";
            case 'y' -> "unsigned long long";
            case 'n' -> "__int128";
            case 'o' -> "unsigned __int128";
            case 'f' -> "float";
            case 'd' -> "double";
            case 'e' -> "long double";
            case 'g' -> "__float128";
            case 'z' -> "...";
            default -> "";
        };
    }

    private ItaniumNode qualifiedOrFunction() {
        int start = in.at();
        int qualifiers = qualifiers();
        boolean isFunction =
                in.peek() == 'F'
                        || in.peek() == 'D' && "oOwx".indexOf(in.peek(1)) >= 0 && in.left() > 1;
        if (isFunction) {
            in.rewind(start);
            return reader.remember(function());
        }
        if (qualifiers == 0) {
            throw in.refused();
        }
        return reader.remember(new ItaniumType.Qualified(type(), qualifiers));
    }

    /** Qualifiers of vendors: address spaces, ownership. */
    private ItaniumNode vendorQualified() {
        if (in.looksAt("Ut") || in.looksAt("Ul") || in.looksAt("Ub")) {
            return reader.names.name(Optional.empty());
        }
        in.expect('U');
        ItaniumNode qualifier = reader.names.sourceName();
        if (in.peek() == 'I') {
            qualifier = new ItaniumNode.Template(qualifier, reader.arguments.read(false));
        }
        return new ItaniumNode.Joined(type(), " ", qualifier);
    }

    private ItaniumNode special() {
        char c = in.peek(1);
        String simple =
                switch (c) {
                    case 'd' -> "decimal64";
                    case 'e' -> "decimal128";
                    case 'f' -> "decimal32";
                    case 'h' -> "half";
                    case 'i' -> "char32_t";
                    case 's' -> "char16_t";
                    case 'u' -> "char8_t";
                    case 'a' -> "auto";
                    case 'c' -> "decltype(auto)";
                    case 'n' -> "std::nullptr_t";
                    default -> "";
                };
        if (!simple.isEmpty()) {
            in.skip(2);
            return new ItaniumNode.Text(simple);
        }
        switch (c) {
            case 'F':
                in.skip(2);
                return reader.remember(wideFloat());
            case 'B', 'U':
                in.skip(2);
                return reader.remember(bitInteger(c == 'U'));
            case 't', 'T':
                return reader.remember(decltype());
            case 'v':
                in.skip(2);
                return reader.remember(vector());
            case 'p':
                in.skip(2);
                return reader.remember(new ItaniumTemplates.Expansion(type()));
            case 'k', 'K':
                in.skip(2);
                ItaniumNode concept = reader.names.name(Optional.empty());
                return reader.remember(
                        new ItaniumNode.Joined(
                                concept,
                                " ",
                                new ItaniumNode.Text(c == 'k' ? "auto" : "decltype(auto)")));
            default:
                return reader.remember(function());
        }
    }

    private ItaniumNode wideFloat() {
        if (in.accept("16b")) {
            return new ItaniumNode.Text("std::bfloat16_t");
        }
        String bits = reader.number(false);
        boolean extended = in.accept('x');
        if (bits.isEmpty() || !extended && !in.accept('_')) {
            throw in.refused();
        }
        return new ItaniumNode.Text("_Float" + bits + (extended ? "x" : ""));
    }

    private ItaniumNode bitInteger(boolean unsigned) {
        ItaniumNode size =
                ItaniumReader.isDigit(in.peek())
                        ? new ItaniumNode.Text(reader.number(false))
                        : reader.expressions.expression();
        in.expect('_');
        return new ItaniumExpression.Enclosed(
                unsigned ? "unsigned _BitInt" : "_BitInt", size, ItaniumNode.PRIMARY);
    }

    private ItaniumNode vector() {
        ItaniumNode size;
        if (ItaniumReader.isDigit(in.peek()) && in.peek() != '0') {
            size = new ItaniumNode.Text(reader.number(false));
        } else if (in.accept('_')) {
            return new ItaniumNode.Suffixed(type(), " vector[]");
        } else {
            size = reader.expressions.expression();
        }
        in.expect('_');
        if (in.accept('p')) {
            return bracketed("pixel vector[", size);
        }
        ItaniumNode element = type();
        return new ItaniumNode.Joined(element, " ", bracketed("vector[", size));
    }

    private static ItaniumNode bracketed(String open, ItaniumNode size) {
        return new ItaniumExpression.Bracketed(
                new ItaniumNode.Text(""), open, List.of(size), "]", ItaniumNode.PRIMARY);
    }

    ItaniumNode decltype() {
        in.expect('D');
        if (!in.accept('t')) {
            in.expect('T');
        }
        ItaniumNode expression = reader.expressions.expression();
        in.expect('E');
        return new ItaniumExpression.Enclosed("decltype", expression, ItaniumNode.PRIMARY);
    }

    private ItaniumNode function() {
        int qualifiers = qualifiers();
        Optional<ItaniumNode> exceptions = Optional.empty();
        if (in.accept("Do")) {
            exceptions = Optional.of(new ItaniumNode.Text("noexcept"));
        } else if (in.accept("DO")) {
            exceptions = Optional.of(bracket("noexcept", List.of(reader.expressions.expression())));
            in.expect('E');
        } else if (in.accept("Dw")) {
            exceptions = Optional.of(bracket("throw", reader.until('E', this::type)));
        }
        in.accept("Dx");
        in.expect('F');
        in.accept('Y');
        ItaniumNode result = type();
        var parameters = new ArrayList<ItaniumNode>();
        String reference = "";
        while (!in.accept('E')) {
            if (in.accept('v')) {
                continue;
            }
            if (in.accept("RE")) {
                reference = " &";
                break;
            }
            if (in.accept("OE")) {
                reference = " &&";
                break;
            }
            parameters.add(type());
        }
        return new ItaniumType.Function(result, parameters, qualifiers, reference, exceptions);
    }

    private static ItaniumNode bracket(String word, List<ItaniumNode> items) {
        return new ItaniumExpression.Bracketed(
                new ItaniumNode.Text(word), "(", items, ")", ItaniumNode.PRIMARY);
    }

    private ItaniumNode array() {
        in.expect('A');
        Optional<ItaniumNode> bound = Optional.empty();
        if (ItaniumReader.isDigit(in.peek())) {
            bound = Optional.of(new ItaniumNode.Text(reader.number(false)));
            in.expect('_');
        } else if (!in.accept('_')) {
            bound = Optional.of(reader.expressions.expression());
            in.expect('_');
        }
        return new ItaniumType.Array(type(), bound);
    }

    private ItaniumNode memberPointer() {
        in.expect('M');
        ItaniumNode owner = type();
        return new ItaniumType.MemberPointer(owner, type());
    }

    private ItaniumNode template() {
        char c = in.peek(1);
        if (c == 's' || c == 'u' || c == 'e') {
            in.skip(2);
            String word = c == 's' ? "struct " : c == 'u' ? "union " : "enum ";
            return reader.remember(
                    new ItaniumNode.Prefixed(word, reader.names.name(Optional.empty())));
        }
        ItaniumNode parameter = reader.templateParameter();
        if (reader.templateArgumentsFollow && in.peek() == 'I') {
            reader.remember(parameter);
            parameter = new ItaniumNode.Template(parameter, reader.arguments.read(false));
        }
        return reader.remember(parameter);
    }

    private ItaniumNode substituted() {
        if (in.looksAt("St")) {
            return reader.remember(reader.names.name(Optional.empty()));
        }
        int start = in.at();
        int known = reader.known.size();
        ItaniumNode node = reader.substitution();
        if (node instanceof ItaniumNode.Module) {
            in.rewind(start);
            return reader.remember(reader.names.name(Optional.empty()));
        }
        boolean tagged = reader.known.size() > known;
        if (in.peek() == 'I' && (reader.templateArgumentsFollow || tagged)) {
            return reader.remember(new ItaniumNode.Template(node, reader.arguments.read(false)));
        }
        return node;
    }
}
