package oriel.engine.demangle;

/**
 * Makes names of C++ and Rust symbols readable: those of Visual C++ ({@code ?f@@YAXXZ}), of the
 * Itanium C++ scheme ({@code _Z1fv}), of Rust, old and new, and the decoration of C functions on
 * x86. Never throws and never takes long: a name that is not understood, is nested too deeply or
 * would become too long is given back as it is. Safe for any thread.
 */
public final class Demangler {
    private static final int MAX_LENGTH = 1 << 16;
    private static final String IMPORT = "__imp_";

    /** How much of a name is shown. */
    public enum Level {
        /** Everything, spelled as LLVM's tools do: access, convention, types, parameters. */
        FULL,
        /** The name with its parameters. */
        SIGNATURE,
        /** The name alone, as stacks of WinDbg show it. */
        SHORT
    }

    private Demangler() {}

    /** The readable form of a symbol's name; the name itself when it is not mangled. */
    public static String demangle(String name, Level level) {
        if (name.length() < 4 || name.length() > MAX_LENGTH) {
            return name;
        }
        try {
            return switch (name.charAt(0)) {
                case '?' -> microsoft(name, level);
                case '.' -> name.startsWith(".?A") ? microsoftType(name, level) : name;
                case '_' -> underscored(name, level);
                case '@' -> at(name, level);
                default -> CallDecoration.vectorcall(name);
            };
        } catch (Refusal e) {
            return name;
        }
    }

    /** Whether a name has a form that is not for people. */
    public static boolean isMangled(String name) {
        return !demangle(name, Level.SHORT).equals(name);
    }

    /**
     * The type that the name in a type descriptor of Visual C++ stands for, without a keyword:
     * {@code .?AVruntime_error@std@@} is {@code std::runtime_error}, {@code .H} is {@code int}. The
     * name itself when it is none.
     */
    public static String typeName(String name) {
        if (name.length() < 2 || name.length() > MAX_LENGTH || name.charAt(0) != '.') {
            return name;
        }
        try {
            var in = new Cursor(name, 1);
            MsvcType type = new MsvcReader(in).symbols.descriptorType();
            if (!in.atEnd()) {
                return name;
            }
            var out = new Output(Level.SHORT, name.length());
            type.print(out);
            return out.toString();
        } catch (Refusal e) {
            return name;
        }
    }

    private static String microsoft(String name, Level level) {
        var in = new Cursor(name, 0);
        MsvcNode symbol = new MsvcReader(in).symbols.symbol();
        var out = new Output(level, name.length());
        symbol.print(out);
        // Compilers append to names of what they split off.
        if (!in.atEnd() && in.peek() != '.' && in.peek() != '$') {
            throw in.refused();
        }
        return out.append(in.rest()).toString();
    }

    private static String microsoftType(String name, Level level) {
        var in = new Cursor(name, 1);
        MsvcType type = new MsvcReader(in).symbols.descriptorType();
        if (!in.atEnd()) {
            throw in.refused();
        }
        var out = new Output(level, name.length());
        type.print(out);
        return out.append(" `RTTI Type Descriptor Name'").toString();
    }

    private static String underscored(String name, Level level) {
        if (name.startsWith(IMPORT)) {
            String rest = name.substring(IMPORT.length());
            String shown = demangle(rest, level);
            return shown.equals(rest) ? name : IMPORT + shown;
        }
        int underscores = 1;
        while (underscores < 4 && name.charAt(underscores) == '_') {
            underscores++;
        }
        char kind = name.charAt(Math.min(underscores, name.length() - 1));
        if (kind == 'Z') {
            return itanium(name, underscores + 1, level);
        }
        if (kind == 'R' && underscores <= 2) {
            return RustSymbol.demangle(name, underscores + 1, level);
        }
        return CallDecoration.stdcall(name);
    }

    private static String itanium(String name, int start, Level level) {
        if (RustLegacy.is(name, start)) {
            return RustLegacy.demangle(name, start, level);
        }
        var in = new Cursor(name, start);
        ItaniumNode symbol = new ItaniumReader(in).symbols.encoding();
        String block = "";
        if (in.accept("_block_invoke")) {
            in.accept('_');
            while (ItaniumReader.isDigit(in.peek())) {
                in.skip(1);
            }
            block = "invocation function for block in ";
        }
        if (!in.atEnd() && in.peek() != '.') {
            throw in.refused();
        }
        var out = new Output(level, name.length());
        out.append(block);
        symbol.print(out);
        if (!in.atEnd()) {
            out.append(level == Level.FULL ? " (" + in.rest() + ")" : in.rest());
        }
        return out.toString();
    }

    /** {@code @f@8}, and the jumps of incremental links, {@code @ILT+5(?f@@YAXXZ)}. */
    private static String at(String name, Level level) {
        int open = name.indexOf('(');
        if (name.startsWith("@ILT+") && open > 0 && name.endsWith(")")) {
            String inner = name.substring(open + 1, name.length() - 1);
            return name.substring(0, open + 1) + demangle(inner, level) + ")";
        }
        return CallDecoration.fastcall(name);
    }
}
