package oriel.engine.demangle;

import java.util.List;

/**
 * A piece of a name in the Itanium C++ scheme. Types are written in two halves around what they
 * declare.
 */
abstract class ItaniumNode {
    /** Precedences of expressions, tightest first. */
    static final int PRIMARY = 0;

    static final int POSTFIX = 1;
    static final int UNARY = 2;
    static final int CAST = 3;
    static final int MEMBER_POINTER = 4;
    static final int MULTIPLICATIVE = 5;
    static final int ADDITIVE = 6;
    static final int SHIFT = 7;
    static final int SPACESHIP = 8;
    static final int RELATIONAL = 9;
    static final int EQUALITY = 10;
    static final int AND = 11;
    static final int XOR = 12;
    static final int OR = 13;
    static final int AND_IF = 14;
    static final int OR_IF = 15;
    static final int CONDITIONAL = 16;
    static final int ASSIGN = 17;
    static final int COMMA = 18;
    static final int DEFAULT = 19;

    /** What stands before the declared name, or all there is. */
    abstract void left(Output out);

    /** What stands behind the declared name. */
    void right(Output out) {
        // nothing for most
    }

    /** Whether there is something behind the declared name. */
    boolean hasRight(Output out) {
        return false;
    }

    boolean isArray(Output out) {
        return false;
    }

    boolean isFunction(Output out) {
        return false;
    }

    int precedence() {
        return PRIMARY;
    }

    /** The name that constructors and destructors of this class have. */
    String baseName() {
        return "";
    }

    final void print(Output out) {
        out.enter();
        left(out);
        right(out);
        out.leave();
    }

    /** Writes the node in brackets when it binds looser than its place allows. */
    final void printOperand(Output out, int allowed, boolean strictly) {
        if (precedence() >= allowed + (strictly ? 1 : 0)) {
            open(out, '(');
            boolean outer = out.inArguments;
            out.inArguments = false;
            print(out);
            out.inArguments = outer;
            out.append(')');
        } else {
            print(out);
        }
    }

    private static void open(Output out, char c) {
        out.append(c);
    }

    /** Elements with commas; those that turn out to be empty packs have none. */
    static void printList(List<? extends ItaniumNode> items, Output out) {
        boolean first = true;
        for (ItaniumNode item : items) {
            int before = out.length();
            if (!first) {
                out.append(", ");
            }
            int start = out.length();
            item.printOperand(out, COMMA, false);
            if (out.length() == start) {
                out.cut(before);
            } else {
                first = false;
            }
        }
    }

    /** Elements in brackets, within which greater-than signs are what they are. */
    static void printBracketed(
            String open, List<? extends ItaniumNode> items, String close, Output out) {
        boolean outer = out.inArguments;
        out.inArguments = false;
        out.append(open);
        printList(items, out);
        out.append(close);
        out.inArguments = outer;
    }

    /** Plain text. */
    static final class Text extends ItaniumNode {
        private final String text;

        Text(String text) {
            this.text = text;
        }

        @Override
        void left(Output out) {
            out.append(text);
        }

        @Override
        String baseName() {
            return text;
        }
    }

    /** Text before another node. */
    static final class Prefixed extends ItaniumNode {
        private final String prefix;
        private final ItaniumNode child;

        Prefixed(String prefix, ItaniumNode child) {
            this.prefix = prefix;
            this.child = child;
        }

        @Override
        void left(Output out) {
            out.append(prefix);
            child.print(out);
        }

        @Override
        String baseName() {
            return child.baseName();
        }
    }

    /** Text behind another node, to whose name it belongs. */
    static final class Suffixed extends ItaniumNode {
        private final ItaniumNode child;
        private final String suffix;

        Suffixed(ItaniumNode child, String suffix) {
            this.child = child;
            this.suffix = suffix;
        }

        @Override
        void left(Output out) {
            child.left(out);
            out.append(suffix);
        }

        @Override
        void right(Output out) {
            child.right(out);
        }

        @Override
        boolean hasRight(Output out) {
            return child.hasRight(out);
        }

        @Override
        String baseName() {
            return child.baseName();
        }
    }

    /** One node after another, with text between. */
    static final class Joined extends ItaniumNode {
        private final ItaniumNode first;
        private final String between;
        private final ItaniumNode second;

        Joined(ItaniumNode first, String between, ItaniumNode second) {
            this.first = first;
            this.between = between;
            this.second = second;
        }

        @Override
        void left(Output out) {
            first.print(out);
            out.append(between);
            second.print(out);
        }

        @Override
        String baseName() {
            return second.baseName();
        }
    }

    /** A module, or a part of one. */
    static final class Module extends ItaniumNode {
        private final ItaniumNode name;

        Module(ItaniumNode name) {
            this.name = name;
        }

        @Override
        void left(Output out) {
            name.print(out);
        }
    }

    /** A name of something in a module. */
    static final class OfModule extends ItaniumNode {
        private final ItaniumNode name;
        private final ItaniumNode module;

        OfModule(ItaniumNode name, ItaniumNode module) {
            this.name = name;
            this.module = module;
        }

        @Override
        void left(Output out) {
            name.print(out);
            out.append('@');
            module.print(out);
        }

        @Override
        String baseName() {
            return name.baseName();
        }
    }

    /** A name with template arguments. */
    static final class Template extends ItaniumNode {
        private final ItaniumNode name;
        private final ItaniumNode arguments;

        Template(ItaniumNode name, ItaniumNode arguments) {
            this.name = name;
            this.arguments = arguments;
        }

        @Override
        void left(Output out) {
            name.print(out);
            arguments.print(out);
        }

        @Override
        String baseName() {
            return name.baseName();
        }
    }

    /** An abbreviation of a class of the standard library. */
    static final class Standard extends ItaniumNode {
        private final String name;
        private final boolean expanded;

        Standard(String name, boolean expanded) {
            this.name = name;
            this.expanded = expanded;
        }

        /** The same, spelled out as constructors of it are. */
        Standard expand() {
            return new Standard(name, true);
        }

        @Override
        void left(Output out) {
            out.append("std::");
            if (!expanded || !isInstance()) {
                out.append(name);
                return;
            }
            out.append(baseName()).append("<char, std::char_traits<char>");
            if (name.equals("string")) {
                out.append(", std::allocator<char>");
            }
            out.append('>');
        }

        private boolean isInstance() {
            return !name.equals("allocator") && !name.equals("basic_string");
        }

        @Override
        String baseName() {
            return expanded && isInstance() ? "basic_" + name : name;
        }
    }
}
