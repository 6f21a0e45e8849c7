package oriel.engine.demangle;

import java.util.List;
import java.util.Optional;

/** A type, written around what it declares: {@code int (*} ... {@code )[3]}. */
abstract class MsvcType implements MsvcNode {
    static final int CONST = 1;
    static final int VOLATILE = 2;
    static final int RESTRICT = 4;
    static final int UNALIGNED = 8;

    private int qualifiers;

    /** Adds const and the like while the type is read. */
    final void qualify(int more) {
        qualifiers |= more;
    }

    final int qualifiers() {
        return qualifiers;
    }

    /** What stands before the declared name. */
    abstract void head(Output out);

    /** What stands behind the declared name. */
    void tail(Output out) {
        // nothing for most types
    }

    @Override
    public final void print(Output out) {
        out.enter();
        head(out);
        tail(out);
        out.leave();
    }

    /** Writes const, volatile and __restrict, the first with a blank before it if so wanted. */
    final void printQualifiers(Output out, boolean spaceBefore) {
        boolean space = spaceBefore;
        space = qualifier(out, CONST, "const", space);
        space = qualifier(out, VOLATILE, "volatile", space);
        qualifier(out, RESTRICT, "__restrict", space);
    }

    private boolean qualifier(Output out, int bit, String word, boolean space) {
        if ((qualifiers & bit) == 0) {
            return space;
        }
        out.append(space ? " " : "").append(word);
        return true;
    }

    /** A type of the language. */
    static final class Primitive extends MsvcType {
        private final String name;

        Primitive(String name) {
            this.name = name;
        }

        @Override
        void head(Output out) {
            out.append(name);
            printQualifiers(out, true);
        }
    }

    /** A class, union or enumeration. */
    static final class Tag extends MsvcType {
        private final String keyword;
        private final MsvcNode name;

        /**
         * @param keyword with a blank; may be empty
         */
        Tag(String keyword, MsvcNode name) {
            this.keyword = keyword;
            this.name = name;
        }

        @Override
        void head(Output out) {
            if (out.full()) {
                out.append(keyword);
            }
            name.print(out);
            printQualifiers(out, true);
        }
    }

    /** A pointer, reference, member pointer or handle. */
    static final class Pointer extends MsvcType {
        private final String sign;
        private final MsvcType pointee;
        private final Optional<MsvcNode> memberOf;

        Pointer(String sign, MsvcType pointee, Optional<MsvcNode> memberOf) {
            this.sign = sign;
            this.pointee = pointee;
            this.memberOf = memberOf;
        }

        MsvcType pointee() {
            return pointee;
        }

        boolean isMember() {
            return memberOf.isPresent();
        }

        @Override
        void head(Output out) {
            out.enter();
            if (pointee instanceof MsvcFunction function) {
                function.head(out, false);
            } else {
                pointee.head(out);
            }
            out.space();
            if ((qualifiers() & UNALIGNED) != 0) {
                out.append("__unaligned ");
            }
            if (pointee instanceof Array) {
                out.append('(');
            } else if (pointee instanceof MsvcFunction function) {
                out.append('(').append(function.convention()).append(' ');
            }
            if (memberOf.isPresent()) {
                memberOf.get().print(out);
                out.append("::");
            }
            out.append(sign);
            printQualifiers(out, false);
            out.leave();
        }

        @Override
        void tail(Output out) {
            out.enter();
            if (pointee instanceof Array || pointee instanceof MsvcFunction) {
                out.append(')');
            }
            pointee.tail(out);
            out.leave();
        }
    }

    /** An array; a bound of 0 is not written. */
    static final class Array extends MsvcType {
        private final List<Long> bounds;
        private final MsvcType element;

        Array(List<Long> bounds, MsvcType element) {
            this.bounds = bounds;
            this.element = element;
        }

        @Override
        void head(Output out) {
            out.enter();
            element.head(out);
            printQualifiers(out, true);
            out.leave();
        }

        @Override
        void tail(Output out) {
            out.enter();
            for (long bound : bounds) {
                out.append('[');
                if (bound != 0) {
                    out.append(bound);
                }
                out.append(']');
            }
            element.tail(out);
            out.leave();
        }
    }

    /** An array of the common language runtime. */
    static final class ManagedArray extends MsvcType {
        private final MsvcType element;
        private final long rank;

        ManagedArray(MsvcType element, long rank) {
            this.element = element;
            this.rank = rank;
        }

        @Override
        void head(Output out) {
            out.append("cli::array<");
            element.print(out);
            if (rank > 1) {
                out.append(out.full() ? ", " : ",").append(rank);
            }
            out.append('>');
        }
    }
}
