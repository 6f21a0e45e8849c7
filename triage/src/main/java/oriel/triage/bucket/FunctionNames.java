package oriel.triage.bucket;

/** Function names as they are compared: without parameters, return type and compiler's suffixes. */
final class FunctionNames {
    private FunctionNames() {}

    /** {@code void ns::f<int>(char) const} becomes {@code ns::f<int>}. */
    static String plain(String name) {
        int end = parameterStart(name);
        String head = name.substring(0, end);
        int start = returnTypeEnd(head);
        String plain = suffixless(head.substring(start));
        return plain.isEmpty() ? name : plain;
    }

    /**
     * The bracket that opens the parameters: the last one at depth 0 that does not begin a name.
     */
    private static int parameterStart(String name) {
        int depth = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '<' && !isOperator(name, i)) {
                depth++;
            } else if (c == '>' && depth > 0 && name.charAt(i - 1) != '-') {
                depth--;
            } else if (c == '`') {
                depth++;
            } else if (c == '\'' && depth > 0) {
                depth--;
            } else if (c == '(' && depth == 0 && i > 0) {
                boolean anonymous = name.startsWith("(anonymous", i);
                boolean call = name.startsWith("operator", i - 8) && name.startsWith("()", i);
                if (!anonymous && !call) {
                    return i;
                }
            }
        }
        return name.length();
    }

    private static boolean isOperator(String name, int at) {
        int from = at - 8;
        return from >= 0 && name.startsWith("operator", from)
                || from >= 1 && name.startsWith("operator<", from - 1);
    }

    /** After the last blank at depth 0, unless it belongs to an operator's name. */
    private static int returnTypeEnd(String head) {
        int operator = head.indexOf("operator");
        int depth = 0;
        int start = 0;
        int limit = operator >= 0 ? operator : head.length();
        for (int i = 0; i < limit; i++) {
            char c = head.charAt(i);
            if (c == '<' || c == '(' || c == '`') {
                depth++;
            } else if (c == '>' || c == ')' || c == '\'') {
                depth--;
            } else if (c == ' ' && depth == 0) {
                start = i + 1;
            }
        }
        return start;
    }

    /**
     * Without what optimisers append: {@code f.cold}, {@code f.isra.0}, {@code f.llvm.123}, Rust's
     * hash.
     */
    private static String suffixless(String name) {
        int cut = name.length();
        for (String suffix : new String[] {".cold", ".isra.", ".part.", ".constprop.", ".llvm."}) {
            int at = name.indexOf(suffix);
            if (at > 0) {
                cut = Math.min(cut, at);
            }
        }
        int hash = cut - 19;
        if (hash > 0 && name.startsWith("::h", hash) && isHex(name, hash + 3, cut)) {
            cut = hash;
        }
        return name.substring(0, cut);
    }

    private static boolean isHex(String name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
