package oriel.engine.demangle;

import java.util.List;
import java.util.Optional;

/** Types of the Itanium C++ scheme. */
abstract class ItaniumType extends ItaniumNode {
    static final int CONST = 1;
    static final int VOLATILE = 2;
    static final int RESTRICT = 4;

    static void printQualifiers(int qualifiers, Output out) {
        out.append((qualifiers & CONST) != 0 ? " const" : "");
        out.append((qualifiers & VOLATILE) != 0 ? " volatile" : "");
        out.append((qualifiers & RESTRICT) != 0 ? " restrict" : "");
    }

    /** A type with const, volatile, restrict. */
    static final class Qualified extends ItaniumType {
        private final ItaniumNode child;
        private final int qualifiers;

        Qualified(ItaniumNode child, int qualifiers) {
            this.child = child;
            this.qualifiers = qualifiers;
        }

        @Override
        void left(Output out) {
            child.left(out);
            printQualifiers(qualifiers, out);
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
        boolean isArray(Output out) {
            return child.isArray(out);
        }

        @Override
        boolean isFunction(Output out) {
            return child.isFunction(out);
        }
    }

    /** A pointer or reference. */
    static final class Pointer extends ItaniumType {
        private final ItaniumNode pointee;
        private final String sign;

        Pointer(ItaniumNode pointee, String sign) {
            this.pointee = pointee;
            this.sign = sign;
        }

        @Override
        void left(Output out) {
            out.enter();
            ItaniumNode target = target(out);
            target.left(out);
            out.append(target.isArray(out) ? " " : "");
            out.append(target.isArray(out) || target.isFunction(out) ? "(" : "");
            out.append(collapsed(out));
            out.leave();
        }

        @Override
        void right(Output out) {
            out.enter();
            ItaniumNode target = target(out);
            out.append(target.isArray(out) || target.isFunction(out) ? ")" : "");
            target.right(out);
            out.leave();
        }

        @Override
        boolean hasRight(Output out) {
            return target(out).hasRight(out);
        }

        /** References to references are one reference. */
        private ItaniumNode target(Output out) {
            ItaniumNode at = resolved(pointee, out);
            if (sign.equals("*")) {
                return pointee;
            }
            boolean skipped = false;
            while (at instanceof Pointer inner && !inner.sign.equals("*")) {
                at = resolved(inner.pointee, out);
                skipped = true;
            }
            return skipped ? at : pointee;
        }

        private String collapsed(Output out) {
            String found = sign;
            ItaniumNode at = resolved(pointee, out);
            while (!sign.equals("*") && at instanceof Pointer inner && !inner.sign.equals("*")) {
                found = inner.sign.equals("&") ? "&" : found;
                at = resolved(inner.pointee, out);
            }
            return found;
        }

        private static ItaniumNode resolved(ItaniumNode node, Output out) {
            ItaniumNode at = node;
            for (int i = 0; i < 64; i++) {
                ItaniumNode next = ItaniumTemplates.behind(at, out);
                if (next == at) {
                    return at;
                }
                at = next;
            }
            throw new Refusal("nested too deeply");
        }
    }

    /** A pointer to a member of a class. */
    static final class MemberPointer extends ItaniumType {
        private final ItaniumNode owner;
        private final ItaniumNode member;

        MemberPointer(ItaniumNode owner, ItaniumNode member) {
            this.owner = owner;
            this.member = member;
        }

        @Override
        void left(Output out) {
            out.enter();
            member.left(out);
            out.append(member.isArray(out) || member.isFunction(out) ? "(" : " ");
            owner.print(out);
            out.append("::*");
            out.leave();
        }

        @Override
        void right(Output out) {
            out.append(member.isArray(out) || member.isFunction(out) ? ")" : "");
            member.right(out);
        }

        @Override
        boolean hasRight(Output out) {
            return member.hasRight(out);
        }
    }

    /** An array, of known size or not. */
    static final class Array extends ItaniumType {
        private final ItaniumNode element;
        private final Optional<ItaniumNode> bound;

        Array(ItaniumNode element, Optional<ItaniumNode> bound) {
            this.element = element;
            this.bound = bound;
        }

        @Override
        void left(Output out) {
            out.enter();
            element.left(out);
            out.leave();
        }

        @Override
        void right(Output out) {
            out.append(out.last() == ']' ? "[" : " [");
            bound.ifPresent(b -> b.print(out));
            out.append(']');
            element.right(out);
        }

        @Override
        boolean hasRight(Output out) {
            return true;
        }

        @Override
        boolean isArray(Output out) {
            return true;
        }
    }

    /** A function type. */
    static final class Function extends ItaniumType {
        private final ItaniumNode result;
        private final List<ItaniumNode> parameters;
        private final int qualifiers;
        private final String reference;
        private final Optional<ItaniumNode> exceptions;

        Function(
                ItaniumNode result,
                List<ItaniumNode> parameters,
                int qualifiers,
                String reference,
                Optional<ItaniumNode> exceptions) {
            this.result = result;
            this.parameters = parameters;
            this.qualifiers = qualifiers;
            this.reference = reference;
            this.exceptions = exceptions;
        }

        @Override
        void left(Output out) {
            out.enter();
            result.left(out);
            out.append(' ');
            out.leave();
        }

        @Override
        void right(Output out) {
            out.enter();
            printBracketed("(", parameters, ")", out);
            result.right(out);
            printQualifiers(qualifiers, out);
            out.append(reference);
            if (exceptions.isPresent()) {
                out.append(' ');
                exceptions.get().print(out);
            }
            out.leave();
        }

        @Override
        boolean hasRight(Output out) {
            return true;
        }

        @Override
        boolean isFunction(Output out) {
            return true;
        }
    }

    /** A function: its name with its type. */
    static final class Encoding extends ItaniumType {
        private final Optional<ItaniumNode> result;
        private final ItaniumNode name;
        private final List<ItaniumNode> parameters;
        private final Optional<ItaniumNode> attributes;
        private final Optional<ItaniumNode> constraint;
        private final int qualifiers;
        private final String reference;

        Encoding(
                Optional<ItaniumNode> result,
                ItaniumNode name,
                List<ItaniumNode> parameters,
                Optional<ItaniumNode> attributes,
                Optional<ItaniumNode> constraint,
                int qualifiers,
                String reference) {
            this.result = result;
            this.name = name;
            this.parameters = parameters;
            this.attributes = attributes;
            this.constraint = constraint;
            this.qualifiers = qualifiers;
            this.reference = reference;
        }

        @Override
        void left(Output out) {
            if (out.full() && result.isPresent()) {
                result.get().left(out);
                out.append(result.get().hasRight(out) ? "" : " ");
            }
            name.print(out);
        }

        @Override
        void right(Output out) {
            if (!out.parameters()) {
                return;
            }
            printBracketed("(", parameters, ")", out);
            if (out.full() && result.isPresent()) {
                result.get().right(out);
            }
            printQualifiers(qualifiers, out);
            out.append(reference);
            if (!out.full()) {
                return;
            }
            attributes.ifPresent(a -> a.print(out));
            if (constraint.isPresent()) {
                out.append(" requires ");
                constraint.get().print(out);
            }
        }

        @Override
        boolean hasRight(Output out) {
            return true;
        }

        @Override
        boolean isFunction(Output out) {
            return true;
        }
    }

    /** A constructor or destructor. */
    static final class Structor extends ItaniumType {
        private final boolean destructor;
        private final ItaniumNode owner;

        Structor(boolean destructor, ItaniumNode owner) {
            this.destructor = destructor;
            this.owner = owner;
        }

        @Override
        void left(Output out) {
            out.append(destructor ? "~" : "").append(owner.baseName());
        }
    }
}
