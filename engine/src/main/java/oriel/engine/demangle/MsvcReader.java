package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of the reader of Visual C++ names share: the place in the name, the names and
 * parameters that digits refer back to, and the readers of names, types and template arguments.
 *
 * <p>The scheme is not documented by Microsoft; the layout here is as Clang writes it
 * (MicrosoftMangle.cpp) and as the undecorating functions of dbghelp and LLVM read it.
 */
final class MsvcReader {
    private static final int MAX_BACK_REFERENCES = 10;

    final Cursor in;
    final MsvcNames names;
    final MsvcTypes types;
    final MsvcArguments arguments;
    final MsvcSymbols symbols;
    private List<MsvcNode> knownNames = new ArrayList<>();
    private List<String> knownKeys = new ArrayList<>();
    private List<MsvcType> knownParameters = new ArrayList<>();

    MsvcReader(Cursor in) {
        this.in = in;
        names = new MsvcNames(this);
        types = new MsvcTypes(this);
        arguments = new MsvcArguments(this);
        symbols = new MsvcSymbols(this);
    }

    /** Names and parameters met, which a template keeps apart from those outside it. */
    record Known(List<MsvcNode> names, List<String> keys, List<MsvcType> parameters) {}

    /** Forgets what was met, for the inside of a template. */
    Known setAside() {
        var known = new Known(knownNames, knownKeys, knownParameters);
        restore(new Known(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        return known;
    }

    void restore(Known known) {
        knownNames = known.names;
        knownKeys = known.keys;
        knownParameters = known.parameters;
    }

    /**
     * Remembers a name that a digit may stand for.
     *
     * @param key as it was written: the same name is remembered once
     */
    void remember(String key, MsvcNode name) {
        if (knownNames.size() < MAX_BACK_REFERENCES && !knownKeys.contains(key)) {
            knownNames.add(name);
            knownKeys.add(key);
        }
    }

    void rememberParameter(MsvcType type) {
        if (knownParameters.size() < MAX_BACK_REFERENCES) {
            knownParameters.add(type);
        }
    }

    boolean atDigit() {
        char c = in.peek();
        return c >= '0' && c <= '9';
    }

    MsvcNode knownName() {
        int index = in.next() - '0';
        if (index >= knownNames.size()) {
            throw in.refused();
        }
        return knownNames.get(index);
    }

    MsvcType knownParameter() {
        int index = in.next() - '0';
        if (index >= knownParameters.size()) {
            throw in.refused();
        }
        return knownParameters.get(index);
    }

    /** {@code [?] digit} for 1 to 10, or letters A to P as hexadecimal digits up to an @. */
    long number() {
        boolean negative = in.accept('?');
        long value = 0;
        char c = in.next();
        if (c >= '0' && c <= '9') {
            value = c - '0' + 1;
        } else {
            for (int digits = 0; c != '@'; c = in.next()) {
                if (c < 'A' || c > 'P' || ++digits > 16) {
                    throw in.refused();
                }
                value = value << 4 | c - 'A';
            }
        }
        return negative ? -value : value;
    }

    /** A number as people read it; 64-bit ones without a sign are unsigned. */
    String numberText() {
        boolean negative = in.peek() == '?';
        long value = number();
        return negative ? "-" + Long.toUnsignedString(-value) : Long.toUnsignedString(value);
    }
}
