package oriel.engine.demangle;

import java.util.Optional;

/** Operators of the Itanium C++ scheme by their two letters. */
final class ItaniumOperators {
    /** How an operator is written in an expression. */
    enum Kind {
        PREFIX,
        POSTFIX,
        BINARY,
        SUBSCRIPT,
        MEMBER,
        NEW,
        DELETE,
        CALL,
        CAST,
        CONDITIONAL,
        NAME_ONLY,
        NAMED_CAST,
        OF_TYPE,
        OF_EXPRESSION
    }

    /**
     * An operator.
     *
     * @param sign as in an expression
     * @param kind how it is written
     * @param precedence of the expression
     */
    record Operator(String code, Kind kind, int precedence, String sign) {
        /** As the name of a function, {@code operator+}. */
        String name() {
            boolean word = Character.isLetter(sign.charAt(0));
            return kind == Kind.NAMED_CAST || kind == Kind.OF_TYPE || kind == Kind.OF_EXPRESSION
                    ? sign
                    : "operator" + (word ? " " : "") + sign;
        }

        /** Whether a function can have it as its name. */
        boolean isName() {
            return kind.ordinal() < Kind.NAMED_CAST.ordinal()
                    && !(kind == Kind.MEMBER && !sign.equals("->") && !sign.equals("->*"));
        }
    }

    private static final Operator[] ALL = {
        of("aN", Kind.BINARY, ItaniumNode.ASSIGN, "&="),
        of("aS", Kind.BINARY, ItaniumNode.ASSIGN, "="),
        of("aa", Kind.BINARY, ItaniumNode.AND_IF, "&&"),
        of("ad", Kind.PREFIX, ItaniumNode.UNARY, "&"),
        of("an", Kind.BINARY, ItaniumNode.AND, "&"),
        of("at", Kind.OF_TYPE, ItaniumNode.UNARY, "alignof "),
        of("aw", Kind.NAME_ONLY, ItaniumNode.PRIMARY, "co_await"),
        of("az", Kind.OF_EXPRESSION, ItaniumNode.UNARY, "alignof "),
        of("cc", Kind.NAMED_CAST, ItaniumNode.POSTFIX, "const_cast"),
        of("cl", Kind.CALL, ItaniumNode.POSTFIX, "()"),
        of("cm", Kind.BINARY, ItaniumNode.COMMA, ","),
        of("co", Kind.PREFIX, ItaniumNode.UNARY, "~"),
        of("cp", Kind.CALL, ItaniumNode.POSTFIX, "()"),
        of("cv", Kind.CAST, ItaniumNode.CAST, ""),
        of("dV", Kind.BINARY, ItaniumNode.ASSIGN, "/="),
        of("da", Kind.DELETE, ItaniumNode.UNARY, "delete[]"),
        of("dc", Kind.NAMED_CAST, ItaniumNode.POSTFIX, "dynamic_cast"),
        of("de", Kind.PREFIX, ItaniumNode.UNARY, "*"),
        of("dl", Kind.DELETE, ItaniumNode.UNARY, "delete"),
        of("ds", Kind.MEMBER, ItaniumNode.MEMBER_POINTER, ".*"),
        of("dt", Kind.MEMBER, ItaniumNode.POSTFIX, "."),
        of("dv", Kind.BINARY, ItaniumNode.MULTIPLICATIVE, "/"),
        of("eO", Kind.BINARY, ItaniumNode.ASSIGN, "^="),
        of("eo", Kind.BINARY, ItaniumNode.XOR, "^"),
        of("eq", Kind.BINARY, ItaniumNode.EQUALITY, "=="),
        of("ge", Kind.BINARY, ItaniumNode.RELATIONAL, ">="),
        of("gt", Kind.BINARY, ItaniumNode.RELATIONAL, ">"),
        of("ix", Kind.SUBSCRIPT, ItaniumNode.POSTFIX, "[]"),
        of("lS", Kind.BINARY, ItaniumNode.ASSIGN, "<<="),
        of("le", Kind.BINARY, ItaniumNode.RELATIONAL, "<="),
        of("ls", Kind.BINARY, ItaniumNode.SHIFT, "<<"),
        of("lt", Kind.BINARY, ItaniumNode.RELATIONAL, "<"),
        of("mI", Kind.BINARY, ItaniumNode.ASSIGN, "-="),
        of("mL", Kind.BINARY, ItaniumNode.ASSIGN, "*="),
        of("mi", Kind.BINARY, ItaniumNode.ADDITIVE, "-"),
        of("ml", Kind.BINARY, ItaniumNode.MULTIPLICATIVE, "*"),
        of("mm", Kind.POSTFIX, ItaniumNode.POSTFIX, "--"),
        of("na", Kind.NEW, ItaniumNode.UNARY, "new[]"),
        of("ne", Kind.BINARY, ItaniumNode.EQUALITY, "!="),
        of("ng", Kind.PREFIX, ItaniumNode.UNARY, "-"),
        of("nt", Kind.PREFIX, ItaniumNode.UNARY, "!"),
        of("nw", Kind.NEW, ItaniumNode.UNARY, "new"),
        of("oR", Kind.BINARY, ItaniumNode.ASSIGN, "|="),
        of("oo", Kind.BINARY, ItaniumNode.OR_IF, "||"),
        of("or", Kind.BINARY, ItaniumNode.OR, "|"),
        of("pL", Kind.BINARY, ItaniumNode.ASSIGN, "+="),
        of("pl", Kind.BINARY, ItaniumNode.ADDITIVE, "+"),
        of("pm", Kind.MEMBER, ItaniumNode.MEMBER_POINTER, "->*"),
        of("pp", Kind.POSTFIX, ItaniumNode.POSTFIX, "++"),
        of("ps", Kind.PREFIX, ItaniumNode.UNARY, "+"),
        of("pt", Kind.MEMBER, ItaniumNode.POSTFIX, "->"),
        of("qu", Kind.CONDITIONAL, ItaniumNode.CONDITIONAL, "?"),
        of("rM", Kind.BINARY, ItaniumNode.ASSIGN, "%="),
        of("rS", Kind.BINARY, ItaniumNode.ASSIGN, ">>="),
        of("rc", Kind.NAMED_CAST, ItaniumNode.POSTFIX, "reinterpret_cast"),
        of("rm", Kind.BINARY, ItaniumNode.MULTIPLICATIVE, "%"),
        of("rs", Kind.BINARY, ItaniumNode.SHIFT, ">>"),
        of("sc", Kind.NAMED_CAST, ItaniumNode.POSTFIX, "static_cast"),
        of("ss", Kind.BINARY, ItaniumNode.SPACESHIP, "<=>"),
        of("st", Kind.OF_TYPE, ItaniumNode.UNARY, "sizeof "),
        of("sz", Kind.OF_EXPRESSION, ItaniumNode.UNARY, "sizeof "),
        of("te", Kind.OF_EXPRESSION, ItaniumNode.POSTFIX, "typeid "),
        of("ti", Kind.OF_TYPE, ItaniumNode.POSTFIX, "typeid "),
    };

    private ItaniumOperators() {}

    private static Operator of(String code, Kind kind, int precedence, String sign) {
        return new Operator(code, kind, precedence, sign);
    }

    /** The operator at a place; goes past it when there is one. */
    static Optional<Operator> read(Cursor in) {
        char a = in.peek();
        char b = in.peek(1);
        for (Operator known : ALL) {
            if (known.code.charAt(0) == a && known.code.charAt(1) == b) {
                in.skip(2);
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
