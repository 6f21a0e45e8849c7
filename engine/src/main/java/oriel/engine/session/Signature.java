package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The declaration of a function: what its arguments are, where they are passed, what it returns.
 *
 * @param name of the function
 * @param result what it returns
 * @param resultNames names of what it returns
 * @param parameters in order
 * @param convention how they are passed on x86; elsewhere there is only one way
 */
public record Signature(
        String name,
        ValueType result,
        ValueNames resultNames,
        List<Parameter> parameters,
        Convention convention) {
    /** Arguments that are told of a function that nobody has declared: those in registers. */
    private static final int UNDECLARED = 4;

    /**
     * One parameter.
     *
     * @param name may be empty
     * @param names of its values
     */
    public record Parameter(String name, ValueType type, ValueNames names) {}

    /** Calling conventions of x86. */
    public enum Convention {
        /** All on the stack, for stdcall and cdecl. */
        STACK,
        /** The first two that fit into a register in ecx and edx. */
        FASTCALL,
        /** The first in ecx. */
        THISCALL
    }

    /** Copies the parameters. */
    public Signature {
        parameters = List.copyOf(parameters);
    }

    /** A function of which only the number of arguments is known: all are as wide as a pointer. */
    public static Signature of(String name, int parameterCount) {
        return of(name, parameterCount, ValueType.POINTER);
    }

    /**
     * A function of which nothing is known but its name: its declaration when it is a usual one of
     * Windows, else its first arguments and its result, as text where they lead to some.
     */
    public static Signature unknown(String name) {
        return KnownDeclarations.windows()
                .function(name)
                .orElseGet(() -> of(name, UNDECLARED, ValueType.ANY));
    }

    private static Signature of(String name, int parameterCount, ValueType type) {
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < parameterCount; i++) {
            parameters.add(new Parameter("", type, ValueNames.NONE));
        }
        return new Signature(name, type, ValueNames.NONE, parameters, Convention.STACK);
    }

    /**
     * Reads a declaration as C has it: {@code HANDLE CreateFileW(LPCWSTR name, DWORD access)}.
     * Types that are not known count as pointers. Values get names by {@code enum Mode {SLOW, FAST}
     * mode} and {@code flags Access {READ = 1, WRITE = 2} access}; the names of {@code NTSTATUS}
     * and of some types of Windows ({@code flags PAGE_PROTECTION}, {@code enum
     * CREATION_DISPOSITION}) are known.
     *
     * @throws IllegalArgumentException when it is no declaration of a function
     */
    public static Signature parse(String declaration) {
        String text = declaration.strip();
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open <= 0 || close < open) {
            throw new IllegalArgumentException(
                    "'" + declaration + "' is no declaration like 'int f(int a, char *b)'");
        }
        Convention convention = Convention.STACK;
        String head = text.substring(0, open).strip();
        if (head.contains("__fastcall")) {
            convention = Convention.FASTCALL;
        } else if (head.contains("__thiscall")) {
            convention = Convention.THISCALL;
        }
        head = head.replaceAll("\\b(__\\w+|WINAPI|NTAPI|CALLBACK|APIENTRY|extern|static)\\b", " ");
        Parameter function = parameter(head.strip());
        var parameters = new ArrayList<Parameter>();
        for (String each : split(text.substring(open + 1, close))) {
            String one = each.strip();
            if (!one.isEmpty() && !one.equals("void") && !one.equals("...")) {
                parameters.add(parameter(one));
            }
        }
        String name = function.name();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'" + declaration + "' names no function");
        }
        return new Signature(name, function.type(), function.names(), parameters, convention);
    }

    /** At commas that are not within braces. */
    private static List<String> split(String list) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(list.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(list.substring(start));
        return parts;
    }

    private static Parameter parameter(String text) {
        boolean flags = text.startsWith("flags ");
        if (flags || text.startsWith("enum ")) {
            return named(text.substring(5).strip(), flags);
        }
        return plain(text);
    }

    /** {@code TYPE name}, {@code TYPE {A, B} name} or {@code {A, B} name}. */
    private static Parameter named(String text, boolean flags) {
        int open = text.indexOf('{');
        int close = text.indexOf('}');
        if (open >= 0 && close > open) {
            String type = text.substring(0, open).strip();
            String name = text.substring(close + 1).strip();
            ValueNames names = ValueNames.parse(type, flags, text.substring(open + 1, close));
            return new Parameter(name, flags ? ValueType.UINT32 : ValueType.INT32, names);
        }
        int blank = text.indexOf(' ');
        String type = blank < 0 ? text : text.substring(0, blank);
        ValueNames names =
                KnownDeclarations.windows()
                        .names(type)
                        .orElseGet(() -> new ValueNames(type, flags, List.of()));
        String name = blank < 0 ? "" : text.substring(blank).strip();
        return new Parameter(name, flags ? ValueType.UINT32 : ValueType.INT32, names);
    }

    /** {@code unsigned long size}: the last word is the name, unless it belongs to the type. */
    private static Parameter plain(String text) {
        int end = text.length();
        int start = end;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        String last = text.substring(start);
        String before = text.substring(0, start).strip();
        boolean typeOnly =
                before.isEmpty()
                        || before.matches("(const|unsigned|signed|struct|long)")
                                && last.matches("int|char|short|long|double");
        String type = typeOnly ? text : before;
        String name = !typeOnly ? last : before.isEmpty() ? last : "";
        ValueNames names = type.equals("NTSTATUS") ? statusNames() : ValueNames.NONE;
        return new Parameter(name, ValueType.named(type), names);
    }

    private static ValueNames statusNames() {
        return KnownDeclarations.windows().names("NTSTATUS").orElse(ValueNames.NONE);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '~';
    }
}
