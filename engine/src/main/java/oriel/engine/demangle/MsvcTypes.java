package oriel.engine.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the types of Visual C++ names. */
final class MsvcTypes {
    /** How qualifiers precede a type: not at all, always, or after a question mark. */
    enum Mode {
        DROP,
        ALWAYS,
        RESULT
    }

    private final MsvcReader reader;
    private final Cursor in;

    MsvcTypes(MsvcReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    /** A type with the qualifiers before it. */
    MsvcType type(Mode mode) {
        in.enter();
        int qualifiers = 0;
        if (mode == Mode.ALWAYS || mode == Mode.RESULT && in.accept('?')) {
            qualifiers = qualifiers();
        }
        MsvcType type = bare();
        type.qualify(qualifiers);
        in.leave();
        return type;
    }

    private MsvcType bare() {
        char c = in.peek();
        switch (c) {
            case 'T':
            case 'U':
            case 'V':
            case 'W':
                return tag();
            case 'A':
            case 'B':
            case 'P':
            case 'Q':
            case 'R':
            case 'S':
                return pointer();
            case 'Y':
                return array();
            case '?':
                return custom();
            case '$':
                return dollar();
            case '_':
                return extended();
            default:
                in.next();
                return new MsvcType.Primitive(primitive(c));
        }
    }

    private MsvcType tag() {
        String keyword =
                switch (in.next()) {
                    case 'T' -> "union ";
                    case 'U' -> "struct ";
                    case 'V' -> "class ";
                    default -> {
                        char width = in.next();
                        if (width < '0' || width > '7') {
                            throw in.refused();
                        }
                        yield "enum ";
                    }
                };
        return new MsvcType.Tag(keyword, reader.names.typeName());
    }

    private MsvcType dollar() {
        if (in.accept("$$Q") || in.accept("$$R")) {
            in.rewind(in.at() - 3);
            return pointer();
        }
        if (in.accept("$$A6") || in.accept("$$A7")) {
            return function(false);
        }
        if (in.accept("$$A8@@") || in.accept("$$A9@@")) {
            return function(true);
        }
        if (in.accept("$$T")) {
            return new MsvcType.Primitive("std::nullptr_t");
        }
        if (in.accept("$$B")) {
            return type(Mode.DROP);
        }
        if (in.accept("$$C")) {
            return type(Mode.ALWAYS);
        }
        throw in.refused();
    }

    /** A type that Microsoft's compiler has no code for: vectors and address spaces of Clang. */
    private MsvcType custom() {
        in.expect('?');
        if (in.accept("A_P") || in.accept("?A_P")) {
            return new MsvcType.Primitive("auto");
        }
        if (in.accept("A_T") || in.accept("?A_T")) {
            return new MsvcType.Primitive("decltype(auto)");
        }
        MsvcNode name = reader.names.unqualifiedTypeName();
        in.expect('@');
        return new MsvcType.Tag("", name);
    }

    private MsvcType extended() {
        in.expect('_');
        if (in.accept('$')) {
            return bare();
        }
        return new MsvcType.Primitive(
                switch (in.next()) {
                    case 'D' -> "__int8";
                    case 'E' -> "unsigned __int8";
                    case 'F' -> "__int16";
                    case 'G' -> "unsigned __int16";
                    case 'H' -> "__int32";
                    case 'I' -> "unsigned __int32";
                    case 'J' -> "__int64";
                    case 'K' -> "unsigned __int64";
                    case 'L' -> "__int128";
                    case 'M' -> "unsigned __int128";
                    case 'N' -> "bool";
                    case 'P' -> "auto";
                    case 'Q' -> "char8_t";
                    case 'S' -> "char16_t";
                    case 'T' -> "decltype(auto)";
                    case 'U' -> "char32_t";
                    case 'W' -> "wchar_t";
                    default -> throw in.refused();
                });
    }

    private String primitive(char code) {
        return switch (code) {
            case 'C' -> "signed char";
            case 'D' -> "char";
            case 'E' -> "unsigned char";
            case 'F' -> "short";
            case 'G' -> "unsigned short";
            case 'H' -> "int";
            case 'I' -> "unsigned int";
            case 'J' -> "long";
            case 'K' -> "unsigned long";
            case 'M' -> "float";
            case 'N' -> "double";
            case 'O' -> "long double";
            case 'X' -> "void";
            default -> throw in.refused();
        };
    }

    private MsvcType pointer() {
        int qualifiers = 0;
        String sign = "*";
        if (in.accept("$$Q")) {
            sign = "&&";
        } else if (in.accept("$$R")) {
            sign = "&&";
            qualifiers = MsvcType.VOLATILE;
        } else {
            switch (in.next()) {
                case 'A' -> sign = "&";
                case 'B' -> {
                    sign = "&";
                    qualifiers = MsvcType.VOLATILE;
                }
                case 'Q' -> qualifiers = MsvcType.CONST;
                case 'R' -> qualifiers = MsvcType.VOLATILE;
                case 'S' -> qualifiers = MsvcType.CONST | MsvcType.VOLATILE;
                default -> {
                    // P: a plain pointer
                }
            }
        }
        if (in.accept('6') || in.accept('7')) {
            return qualified(
                    new MsvcType.Pointer(sign, function(false), Optional.empty()), qualifiers);
        }
        qualifiers |= pointerExtensions();
        if (in.accept('8') || in.accept('9')) {
            MsvcNode parent = reader.names.typeName();
            return qualified(
                    new MsvcType.Pointer(sign, function(true), Optional.of(parent)), qualifiers);
        }
        if (in.peek() == '$' && in.peek(1) != '$') {
            return qualified(handle(sign), qualifiers);
        }
        char c = in.peek();
        if (c >= 'Q' && c <= 'T') {
            int inner = qualifiers();
            MsvcNode parent = reader.names.typeName();
            MsvcType pointee = type(Mode.DROP);
            pointee.qualify(inner);
            return qualified(new MsvcType.Pointer(sign, pointee, Optional.of(parent)), qualifiers);
        }
        return qualified(
                new MsvcType.Pointer(sign, type(Mode.ALWAYS), Optional.empty()), qualifiers);
    }

    /** Pointers into the heap of the common language runtime, and its arrays. */
    private MsvcType handle(String sign) {
        in.expect('$');
        if (reader.atDigit()) {
            long rank = Character.digit(in.next(), 16) << 4 | Character.digit(in.next(), 16);
            int inner = qualifiers();
            MsvcType array = new MsvcType.ManagedArray(type(Mode.RESULT), rank);
            return new MsvcType.Pointer("^", qualified(array, inner), Optional.empty());
        }
        String shown =
                switch (in.next()) {
                    case 'A' -> sign.equals("*") ? "^" : "%";
                    case 'B' -> sign;
                    case 'C' -> "%";
                    default -> throw in.refused();
                };
        int inner = qualifiers();
        MsvcType pointee = type(Mode.DROP);
        return new MsvcType.Pointer(shown, qualified(pointee, inner), Optional.empty());
    }

    private static MsvcType qualified(MsvcType type, int qualifiers) {
        type.qualify(qualifiers);
        return type;
    }

    private MsvcType array() {
        in.expect('Y');
        long rank = reader.number();
        if (rank < 1 || rank > in.left()) {
            throw in.refused();
        }
        var bounds = new ArrayList<Long>();
        for (long i = 0; i < rank; i++) {
            bounds.add(reader.number());
        }
        int qualifiers = in.accept("$$C") ? qualifiers() : 0;
        var array = new MsvcType.Array(bounds, type(Mode.DROP));
        array.qualify(qualifiers);
        return array;
    }

    /** {@code __ptr64}, which nobody wants to see, {@code __restrict}, {@code __unaligned}. */
    int pointerExtensions() {
        int found = 0;
        while (true) {
            if (in.accept('I')) {
                found |= MsvcType.RESTRICT;
            } else if (in.accept('F')) {
                found |= MsvcType.UNALIGNED;
            } else if (!in.accept('E')) {
                return found;
            }
        }
    }

    /** const and volatile of what a pointer leads to, of a variable or of {@code this}. */
    int qualifiers() {
        char c = in.next();
        int kind;
        if (c >= 'A' && c <= 'D') {
            kind = c - 'A';
        } else if (c >= 'Q' && c <= 'T') {
            kind = c - 'Q';
        } else if (c >= 'M' && c <= 'P') {
            kind = c - 'M';
            basis();
        } else {
            throw in.refused();
        }
        return ((kind & 1) != 0 ? MsvcType.CONST : 0) | ((kind & 2) != 0 ? MsvcType.VOLATILE : 0);
    }

    /** What a {@code __based} pointer counts from; not shown. */
    private void basis() {
        char c = in.next();
        if (c == '2') {
            reader.names.typeName();
        } else if (c != '0' && c != '5') {
            throw in.refused();
        }
    }

    /** A function type without a name. */
    private MsvcFunction function(boolean withThis) {
        var function = new MsvcFunction(MsvcFunction.Shape.PLAIN);
        signature(function, withThis);
        return function;
    }

    /** Calling convention, result, parameters and what stands behind them. */
    void signature(MsvcFunction function, boolean withThis) {
        in.enter();
        String reference = "";
        if (withThis) {
            int extensions = pointerExtensions();
            reference = in.accept('G') ? " &" : in.accept('H') ? " &&" : "";
            function.qualify(extensions | qualifiers());
        }
        function.convention(convention());
        if (!in.accept('@')) {
            function.result(type(Mode.RESULT));
        }
        parameters(function);
        if (in.accept("_E")) {
            function.suffix(" noexcept");
        } else {
            in.expect('Z');
        }
        function.suffix(reference);
        in.leave();
    }

    String convention() {
        return switch (in.next()) {
            case 'A', 'B' -> "__cdecl";
            case 'C', 'D' -> "__pascal";
            case 'E', 'F' -> "__thiscall";
            case 'G', 'H' -> "__stdcall";
            case 'I', 'J' -> "__fastcall";
            case 'M', 'N' -> "__clrcall";
            case 'O', 'P' -> "__eabi";
            case 'Q' -> "__vectorcall";
            case 'S' -> "__attribute__((__swiftcall__)) ";
            case 'W' -> "__attribute__((__swiftasynccall__)) ";
            case 'w' -> "__regcall";
            default -> throw in.refused();
        };
    }

    private void parameters(MsvcFunction function) {
        if (in.accept('X')) {
            return;
        }
        List<MsvcType> found = new ArrayList<>();
        while (!in.accept('@')) {
            if (in.accept('Z')) {
                function.parameters(found, true);
                return;
            }
            if (reader.atDigit()) {
                found.add(reader.knownParameter());
                continue;
            }
            int start = in.at();
            MsvcType type = type(Mode.DROP);
            found.add(type);
            if (in.at() - start > 1) {
                reader.rememberParameter(type);
            }
        }
        function.parameters(found, false);
    }
}
