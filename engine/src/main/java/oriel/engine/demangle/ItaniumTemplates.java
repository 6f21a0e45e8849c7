package oriel.engine.demangle;

import java.util.List;
import java.util.Optional;

/** Template arguments and packs of the Itanium C++ scheme. */
final class ItaniumTemplates {
    private ItaniumTemplates() {}

    /** What a pack's current element or a reference to a later argument stands for. */
    static ItaniumNode behind(ItaniumNode node, Output out) {
        if (node instanceof Pack pack && !pack.elements.isEmpty()) {
            return pack.current(out).orElse(node);
        }
        if (node instanceof Forward forward && forward.target.isPresent()) {
            return forward.target.get();
        }
        return node;
    }

    /** Arguments in angle brackets. */
    static final class Arguments extends ItaniumNode {
        private final List<ItaniumNode> items;

        Arguments(List<ItaniumNode> items) {
            this.items = items;
        }

        @Override
        void left(Output out) {
            boolean outer = out.inArguments;
            out.inArguments = true;
            out.append('<');
            printList(items, out);
            out.append('>');
            out.inArguments = outer;
        }
    }

    /** A pack as an argument: all its elements. */
    static final class ArgumentPack extends ItaniumNode {
        private final List<ItaniumNode> elements;

        ArgumentPack(List<ItaniumNode> elements) {
            this.elements = elements;
        }

        List<ItaniumNode> elements() {
            return elements;
        }

        @Override
        void left(Output out) {
            printList(elements, out);
        }
    }

    /** A pack where it is used: the element that its expansion is at. */
    static final class Pack extends ItaniumNode {
        private final List<ItaniumNode> elements;

        Pack(List<ItaniumNode> elements) {
            this.elements = elements;
        }

        Optional<ItaniumNode> current(Output out) {
            if (out.packCount < 0) {
                out.packCount = elements.size();
                out.packIndex = 0;
            }
            return out.packIndex >= 0 && out.packIndex < elements.size()
                    ? Optional.of(elements.get(out.packIndex))
                    : Optional.empty();
        }

        @Override
        void left(Output out) {
            Optional<ItaniumNode> element = current(out);
            if (element.isPresent()) {
                out.enter();
                element.get().left(out);
                out.leave();
            }
        }

        @Override
        void right(Output out) {
            Optional<ItaniumNode> element = current(out);
            if (element.isPresent()) {
                out.enter();
                element.get().right(out);
                out.leave();
            }
        }

        @Override
        boolean hasRight(Output out) {
            Optional<ItaniumNode> element = current(out);
            return element.isPresent() && element.get().hasRight(out);
        }

        @Override
        boolean isArray(Output out) {
            Optional<ItaniumNode> element = current(out);
            return element.isPresent() && element.get().isArray(out);
        }

        @Override
        boolean isFunction(Output out) {
            Optional<ItaniumNode> element = current(out);
            return element.isPresent() && element.get().isFunction(out);
        }
    }

    /** A pattern written for each element of the packs in it. */
    static final class Expansion extends ItaniumNode {
        private final ItaniumNode pattern;

        Expansion(ItaniumNode pattern) {
            this.pattern = pattern;
        }

        @Override
        void left(Output out) {
            int outerIndex = out.packIndex;
            int outerCount = out.packCount;
            out.packIndex = -1;
            out.packCount = -1;
            int start = out.length();
            pattern.print(out);
            if (out.packCount < 0) {
                out.append("...");
            } else if (out.packCount == 0) {
                out.cut(start);
            } else {
                int count = out.packCount;
                for (int i = 1; i < count; i++) {
                    out.append(", ");
                    out.packIndex = i;
                    out.packCount = count;
                    pattern.print(out);
                }
            }
            out.packIndex = outerIndex;
            out.packCount = outerCount;
        }
    }

    /** An argument that is named before it is known: in conversion operators. */
    static final class Forward extends ItaniumNode {
        private final int index;
        private Optional<ItaniumNode> target = Optional.empty();
        private boolean printing;

        Forward(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }

        void target(ItaniumNode node) {
            target = Optional.of(node);
        }

        @Override
        void left(Output out) {
            if (!printing) {
                printing = true;
                target.ifPresent(t -> t.left(out));
                printing = false;
            }
        }

        @Override
        void right(Output out) {
            if (!printing) {
                printing = true;
                target.ifPresent(t -> t.right(out));
                printing = false;
            }
        }

        @Override
        boolean hasRight(Output out) {
            return asked(t -> t.hasRight(out));
        }

        @Override
        boolean isArray(Output out) {
            return asked(t -> t.isArray(out));
        }

        @Override
        boolean isFunction(Output out) {
            return asked(t -> t.isFunction(out));
        }

        private boolean asked(java.util.function.Predicate<ItaniumNode> question) {
            if (printing || target.isEmpty()) {
                return false;
            }
            printing = true;
            boolean answer = question.test(target.get());
            printing = false;
            return answer;
        }
    }

    /** A parameter of a generic lambda that is written {@code auto}. */
    static final class Auto extends ItaniumNode {
        private final int index;
        private Optional<Forward> outside = Optional.empty();

        Auto(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }

        /** What it stands for outside the lambda. */
        void target(ItaniumNode node) {
            var forward = new Forward(index);
            forward.target(node);
            outside = Optional.of(forward);
        }

        private Optional<Forward> meant(Output out) {
            return out.inLambda ? Optional.empty() : outside;
        }

        @Override
        void left(Output out) {
            Optional<Forward> meant = meant(out);
            if (meant.isPresent()) {
                meant.get().left(out);
            } else {
                out.append("auto");
            }
        }

        @Override
        void right(Output out) {
            meant(out).ifPresent(node -> node.right(out));
        }

        @Override
        boolean hasRight(Output out) {
            return meant(out).map(node -> node.hasRight(out)).orElse(false);
        }

        @Override
        boolean isArray(Output out) {
            return meant(out).map(node -> node.isArray(out)).orElse(false);
        }

        @Override
        boolean isFunction(Output out) {
            return meant(out).map(node -> node.isFunction(out)).orElse(false);
        }
    }

    /** A parameter of a generic lambda: {@code typename $T}. */
    static final class Declaration extends ItaniumNode {
        private final ItaniumNode type;
        private final String name;
        private final String dots;

        Declaration(ItaniumNode type, String name, String dots) {
            this.type = type;
            this.name = name;
            this.dots = dots;
        }

        /** The same as a pack. */
        Declaration pack() {
            return new Declaration(type, name, "...");
        }

        @Override
        void left(Output out) {
            type.left(out);
            if (!dots.isEmpty()) {
                out.append(type.hasRight(out) ? "" : " ").append(dots);
            } else if (!type.hasRight(out)) {
                out.append(' ');
            }
            out.append(name);
            type.right(out);
        }
    }

    /** A parameter of a generic lambda that is a template itself. */
    static final class TemplateDeclaration extends ItaniumNode {
        private final List<ItaniumNode> parameters;
        private final String name;

        TemplateDeclaration(List<ItaniumNode> parameters, String name) {
            this.parameters = parameters;
            this.name = name;
        }

        @Override
        void left(Output out) {
            boolean outer = out.inArguments;
            out.inArguments = true;
            out.append("template<");
            printList(parameters, out);
            out.append("> typename ").append(name);
            out.inArguments = outer;
        }
    }

    /** A lambda: {@code 'lambda0'(int)}. */
    static final class Lambda extends ItaniumNode {
        private final List<ItaniumNode> templateParameters;
        private final Optional<ItaniumNode> constraint;
        private final List<ItaniumNode> parameters;
        private final Optional<ItaniumNode> trailing;
        private final String count;

        Lambda(
                List<ItaniumNode> templateParameters,
                Optional<ItaniumNode> constraint,
                List<ItaniumNode> parameters,
                Optional<ItaniumNode> trailing,
                String count) {
            this.templateParameters = templateParameters;
            this.constraint = constraint;
            this.parameters = parameters;
            this.trailing = trailing;
            this.count = count;
        }

        @Override
        void left(Output out) {
            out.append("'lambda").append(count).append("'");
            declarator(out);
        }

        void declarator(Output out) {
            if (!templateParameters.isEmpty()) {
                boolean outer = out.inArguments;
                out.inArguments = true;
                out.append('<');
                printList(templateParameters, out);
                out.append('>');
                out.inArguments = outer;
            }
            if (constraint.isPresent()) {
                out.append(" requires ");
                constraint.get().print(out);
                out.append(' ');
            }
            boolean outerLambda = out.inLambda;
            out.inLambda = true;
            printBracketed("(", parameters, ")", out);
            out.inLambda = outerLambda;
            if (trailing.isPresent()) {
                out.append(" requires ");
                trailing.get().print(out);
            }
        }
    }
}
