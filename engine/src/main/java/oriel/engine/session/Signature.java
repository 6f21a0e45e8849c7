package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The declaration of a function: what its arguments are, where they are passed, what it returns.
 *
 * @param name of the function
 * @param result what it returns
 * @param parameters in order
 * @param convention how they are passed on x86; on x64 there is only one way
 */
public record Signature(
        String name, ValueType result, List<Parameter> parameters, Convention convention) {
    /** One parameter; the name may be empty. */
    public record Parameter(String name, ValueType type) {}

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
        var parameters = new ArrayList<Parameter>();
        for (int i = 0; i < parameterCount; i++) {
            parameters.add(new Parameter("", ValueType.POINTER));
        }
        return new Signature(name, ValueType.POINTER, parameters, Convention.STACK);
    }

    /**
     * Reads a declaration as C has it: {@code HANDLE CreateFileW(LPCWSTR name, DWORD access)}.
     * Types that are not known count as pointers.
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
        for (String each : text.substring(open + 1, close).split(",")) {
            String one = each.strip();
            if (!one.isEmpty() && !one.equals("void") && !one.equals("...")) {
                parameters.add(parameter(one));
            }
        }
        String name = function.name();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'" + declaration + "' names no function");
        }
        return new Signature(name, function.type(), parameters, convention);
    }

    /** {@code unsigned long size}: the last word is the name, unless it belongs to the type. */
    private static Parameter parameter(String text) {
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
        return typeOnly
                ? new Parameter(before.isEmpty() ? last : "", ValueType.named(text))
                : new Parameter(last, ValueType.named(before));
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == ':' || c == '~';
    }
}
