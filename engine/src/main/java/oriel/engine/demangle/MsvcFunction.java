package oriel.engine.demangle;

import java.util.List;
import java.util.Optional;

/** The type of a function, with what is special about one function: access, thunk. */
final class MsvcFunction extends MsvcType {
    private final Shape shape;
    private Optional<MsvcType> result = Optional.empty();
    private List<MsvcType> parameters = List.of();
    private String convention = "";
    private String suffix = "";
    private boolean variadic;
    private boolean hasParameters = true;

    /**
     * What a function is besides its type.
     *
     * @param access {@code public: } and the like, {@code static } and {@code virtual } after it
     * @param thunk whether it only leads to another function
     * @param adjustment what a thunk does, {@code `adjustor{16}'}; may be empty
     */
    record Shape(String access, boolean thunk, String adjustment) {
        static final Shape PLAIN = new Shape("", false, "");
    }

    MsvcFunction(Shape shape) {
        this.shape = shape;
    }

    void convention(String name) {
        convention = name;
    }

    String convention() {
        return convention;
    }

    void result(MsvcType type) {
        result = Optional.of(type);
    }

    Optional<MsvcType> result() {
        return result;
    }

    void parameters(List<MsvcType> types, boolean endsInDots) {
        parameters = types;
        variadic = endsInDots;
    }

    void noParameters() {
        hasParameters = false;
    }

    /** Adds noexcept or a reference sign, with a blank before it. */
    void suffix(String more) {
        suffix += more;
    }

    @Override
    void head(Output out) {
        head(out, true);
    }

    void head(Output out, boolean withConvention) {
        out.append(shape.thunk ? "[thunk]: " : "").append(shape.access);
        if (result.isPresent()) {
            result.get().head(out);
            out.append(' ');
        }
        if (withConvention && !convention.isEmpty()) {
            out.space();
            out.append(convention);
        }
    }

    @Override
    void tail(Output out) {
        out.append(shape.adjustment);
        printParameters(out);
        if (result.isPresent()) {
            result.get().tail(out);
        }
    }

    /** The function of a name. */
    void printSymbol(MsvcNode name, Output out) {
        if (out.full()) {
            head(out);
            out.space();
            name.print(out);
            tail(out);
            return;
        }
        out.append(shape.thunk ? "[thunk]:" : "");
        name.print(out);
        out.append(shape.adjustment);
        if (out.parameters()) {
            printParameters(out);
        }
    }

    private void printParameters(Output out) {
        if (hasParameters) {
            out.append('(');
            if (!parameters.isEmpty()) {
                MsvcNode.printList(parameters, out);
                if (variadic) {
                    out.append(out.full() ? ", ..." : ",...");
                }
            } else {
                out.append(variadic ? "..." : "void");
            }
            out.append(')');
        }
        printQualifiers(out, true);
        if ((qualifiers() & UNALIGNED) != 0) {
            out.append(" __unaligned");
        }
        out.append(suffix);
    }
}
