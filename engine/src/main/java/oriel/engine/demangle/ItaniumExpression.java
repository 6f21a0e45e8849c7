package oriel.engine.demangle;

import java.util.List;
import java.util.Optional;

/** Expressions in types and template arguments of the Itanium C++ scheme. */
abstract class ItaniumExpression extends ItaniumNode {
    private final int precedence;

    ItaniumExpression(int precedence) {
        this.precedence = precedence;
    }

    @Override
    final int precedence() {
        return precedence;
    }

    /** Two operands with a sign between. */
    static final class Binary extends ItaniumExpression {
        private final ItaniumNode first;
        private final String sign;
        private final ItaniumNode second;

        Binary(ItaniumNode first, String sign, ItaniumNode second, int precedence) {
            super(precedence);
            this.first = first;
            this.sign = sign;
            this.second = second;
        }

        @Override
        void left(Output out) {
            boolean bracketed = out.inArguments && (sign.equals(">") || sign.equals(">>"));
            boolean outer = out.inArguments;
            if (bracketed) {
                out.inArguments = false;
                out.append('(');
            }
            boolean assign = precedence() == ASSIGN;
            first.printOperand(out, assign ? OR_IF : precedence(), !assign);
            out.append(sign.equals(",") ? "" : " ").append(sign).append(' ');
            second.printOperand(out, precedence(), assign);
            if (bracketed) {
                out.append(')');
                out.inArguments = outer;
            }
        }
    }

    /** A sign before its operand. */
    static final class Prefix extends ItaniumExpression {
        private final String sign;
        private final ItaniumNode operand;

        Prefix(String sign, ItaniumNode operand, int precedence) {
            super(precedence);
            this.sign = sign;
            this.operand = operand;
        }

        @Override
        void left(Output out) {
            out.append(sign);
            operand.printOperand(out, precedence(), false);
        }
    }

    /** A sign behind its operand, and perhaps more behind that. */
    static final class Postfix extends ItaniumExpression {
        private final ItaniumNode operand;
        private final String sign;
        private final Optional<ItaniumNode> member;

        Postfix(ItaniumNode operand, String sign, Optional<ItaniumNode> member, int precedence) {
            super(precedence);
            this.operand = operand;
            this.sign = sign;
            this.member = member;
        }

        @Override
        void left(Output out) {
            operand.printOperand(out, precedence(), true);
            out.append(sign);
            if (member.isPresent()) {
                member.get().printOperand(out, precedence(), false);
            }
        }
    }

    /** An element of an array. */
    static final class Subscript extends ItaniumExpression {
        private final ItaniumNode array;
        private final ItaniumNode index;

        Subscript(ItaniumNode array, ItaniumNode index) {
            super(POSTFIX);
            this.array = array;
            this.index = index;
        }

        @Override
        void left(Output out) {
            array.printOperand(out, POSTFIX, false);
            boolean outer = out.inArguments;
            out.inArguments = false;
            out.append('[');
            index.printOperand(out, DEFAULT, false);
            out.append(']');
            out.inArguments = outer;
        }
    }

    /** One of two values. */
    static final class Conditional extends ItaniumExpression {
        private final ItaniumNode condition;
        private final ItaniumNode then;
        private final ItaniumNode otherwise;

        Conditional(ItaniumNode condition, ItaniumNode then, ItaniumNode otherwise) {
            super(CONDITIONAL);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        void left(Output out) {
            condition.printOperand(out, CONDITIONAL, false);
            out.append(" ? ");
            then.printOperand(out, DEFAULT, false);
            out.append(" : ");
            otherwise.printOperand(out, ASSIGN, true);
        }
    }

    /** Something before a list in brackets: calls, casts, initialisers. */
    static final class Bracketed extends ItaniumExpression {
        private final ItaniumNode before;
        private final String open;
        private final List<ItaniumNode> items;
        private final String close;

        Bracketed(
                ItaniumNode before,
                String open,
                List<ItaniumNode> items,
                String close,
                int precedence) {
            super(precedence);
            this.before = before;
            this.open = open;
            this.items = items;
            this.close = close;
        }

        @Override
        void left(Output out) {
            before.print(out);
            printBracketed(open, items, close, out);
        }
    }

    /** One operand in brackets behind a word: {@code sizeof (x)}. */
    static final class Enclosed extends ItaniumExpression {
        private final String word;
        private final ItaniumNode operand;

        Enclosed(String word, ItaniumNode operand, int precedence) {
            super(precedence);
            this.word = word;
            this.operand = operand;
        }

        @Override
        void left(Output out) {
            boolean outer = out.inArguments;
            out.inArguments = false;
            out.append(word).append('(');
            operand.print(out);
            out.append(')');
            out.inArguments = outer;
        }
    }

    /** A cast with a name: {@code static_cast<int>(x)}. */
    static final class NamedCast extends ItaniumExpression {
        private final String name;
        private final ItaniumNode type;
        private final ItaniumNode operand;

        NamedCast(String name, ItaniumNode type, ItaniumNode operand) {
            super(POSTFIX);
            this.name = name;
            this.type = type;
            this.operand = operand;
        }

        @Override
        void left(Output out) {
            boolean outer = out.inArguments;
            out.append(name);
            out.inArguments = true;
            out.append('<');
            type.left(out);
            type.right(out);
            out.append('>');
            out.inArguments = outer;
            printBracketed("(", List.of(operand), ")", out);
        }
    }

    /** All of a pack with an operator between. */
    static final class Fold extends ItaniumExpression {
        private final boolean leftFold;
        private final String sign;
        private final ItaniumNode pack;
        private final Optional<ItaniumNode> start;

        Fold(boolean leftFold, String sign, ItaniumNode pack, Optional<ItaniumNode> start) {
            super(PRIMARY);
            this.leftFold = leftFold;
            this.sign = sign;
            this.pack = pack;
            this.start = start;
        }

        @Override
        void left(Output out) {
            boolean outer = out.inArguments;
            out.inArguments = false;
            out.append('(');
            if (!leftFold || start.isPresent()) {
                side(leftFold, out);
                out.append(' ').append(sign).append(' ');
            }
            out.append("...");
            if (leftFold || start.isPresent()) {
                out.append(' ').append(sign).append(' ');
                side(!leftFold, out);
            }
            out.append(')');
            out.inArguments = outer;
        }

        private void side(boolean initial, Output out) {
            if (initial && start.isPresent()) {
                start.get().printOperand(out, CAST, true);
            } else {
                printBracketed("(", List.of(new ItaniumTemplates.Expansion(pack)), ")", out);
            }
        }
    }

    /** A new object. */
    static final class New extends ItaniumExpression {
        private final String words;
        private final List<ItaniumNode> placement;
        private final ItaniumNode type;
        private final Optional<List<ItaniumNode>> initial;

        New(
                String words,
                List<ItaniumNode> placement,
                ItaniumNode type,
                Optional<List<ItaniumNode>> initial) {
            super(UNARY);
            this.words = words;
            this.placement = placement;
            this.type = type;
            this.initial = initial;
        }

        @Override
        void left(Output out) {
            out.append(words);
            if (!placement.isEmpty()) {
                printBracketed("(", placement, ")", out);
            }
            out.append(' ');
            type.print(out);
            if (initial.isPresent() && !initial.get().isEmpty()) {
                printBracketed("(", initial.get(), ")", out);
            }
        }
    }

    /** Part of a braced initialiser: {@code .x = 1}, {@code [2] = 3}, {@code [1 ... 4] = 0}. */
    static final class Designated extends ItaniumExpression {
        private final String open;
        private final List<ItaniumNode> designators;
        private final String close;
        private final ItaniumNode value;

        Designated(String open, List<ItaniumNode> designators, String close, ItaniumNode value) {
            super(PRIMARY);
            this.open = open;
            this.designators = designators;
            this.close = close;
            this.value = value;
        }

        @Override
        void left(Output out) {
            out.append(open);
            for (int i = 0; i < designators.size(); i++) {
                out.append(i > 0 ? " ... " : "");
                designators.get(i).print(out);
            }
            out.append(close);
            if (!(value instanceof Designated)) {
                out.append(" = ");
            }
            value.print(out);
        }
    }

    /** What a template demands: {@code requires (T t) { ... }}. */
    static final class Requires extends ItaniumExpression {
        private final List<ItaniumNode> parameters;
        private final List<ItaniumNode> demands;

        Requires(List<ItaniumNode> parameters, List<ItaniumNode> demands) {
            super(PRIMARY);
            this.parameters = parameters;
            this.demands = demands;
        }

        @Override
        void left(Output out) {
            out.append("requires");
            if (!parameters.isEmpty()) {
                out.append(' ');
                printBracketed("(", parameters, ")", out);
            }
            boolean outer = out.inArguments;
            out.inArguments = false;
            out.append(" {");
            for (ItaniumNode demand : demands) {
                demand.print(out);
            }
            out.append(" }");
            out.inArguments = outer;
        }
    }

    /** A demand on an expression. */
    static final class Demand extends ItaniumExpression {
        private final ItaniumNode expression;
        private final boolean noexcept;
        private final Optional<ItaniumNode> type;

        Demand(ItaniumNode expression, boolean noexcept, Optional<ItaniumNode> type) {
            super(PRIMARY);
            this.expression = expression;
            this.noexcept = noexcept;
            this.type = type;
        }

        @Override
        void left(Output out) {
            boolean braces = noexcept || type.isPresent();
            out.append(braces ? " {" : " ");
            expression.print(out);
            out.append(braces ? "}" : "").append(noexcept ? " noexcept" : "");
            if (type.isPresent()) {
                out.append(" -> ");
                type.get().print(out);
            }
            out.append(';');
        }
    }
}
