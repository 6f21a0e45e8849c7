package oriel.engine.demangle;

/** Names of C functions on x86, which tell the calling convention and the size of parameters. */
final class CallDecoration {
    private static final int MAX_DIGITS = 5;

    private CallDecoration() {}

    /** {@code _f@8} is {@code f}. */
    static String stdcall(String name) {
        int at = sizeAt(name);
        return at > 1 && isIdentifier(name, 1, at) ? name.substring(1, at) : name;
    }

    /** {@code @f@8} is {@code f}. */
    static String fastcall(String name) {
        int at = sizeAt(name);
        return at > 1 && isIdentifier(name, 1, at) ? name.substring(1, at) : name;
    }

    /** {@code f@@16} is {@code f}. */
    static String vectorcall(String name) {
        int at = sizeAt(name);
        return at > 1 && name.charAt(at - 1) == '@' && isIdentifier(name, 0, at - 1)
                ? name.substring(0, at - 1)
                : name;
    }

    /** Where the size begins, a multiple of four as parameters take whole words. */
    private static int sizeAt(String name) {
        int at = name.lastIndexOf('@');
        int digits = name.length() - at - 1;
        if (at < 0 || digits < 1 || digits > MAX_DIGITS) {
            return -1;
        }
        int size = 0;
        for (int i = at + 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            size = size * 10 + c - '0';
        }
        return size % 4 == 0 ? at : -1;
    }

    private static boolean isIdentifier(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = name.charAt(i);
            if (!Character.isJavaIdentifierPart(c)) {
                return false;
            }
        }
        return to > from && !Character.isDigit(name.charAt(from));
    }
}
