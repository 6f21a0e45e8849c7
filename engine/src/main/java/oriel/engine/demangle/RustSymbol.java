package oriel.engine.demangle;

import oriel.engine.demangle.Demangler.Level;

/**
 * Names of Rust in the form {@code _R…} (RFC 2603, "v0"). Written while it is read: a reference
 * backwards reads there again.
 */
final class RustSymbol {
    private final Cursor in;
    private final Output out;
    private final int start;
    private boolean silent;
    private long lifetimes;

    private RustSymbol(Cursor in, Output out) {
        this.in = in;
        this.out = out;
        this.start = in.at();
    }

    /** An identifier with the number that tells it from others of the same name. */
    private record Identifier(String text, long disambiguator) {}

    /**
     * @param start behind the {@code _R}
     */
    static String demangle(String name, int start, Level level) {
        int end = name.indexOf('.', start);
        String suffix = end < 0 ? "" : name.substring(end);
        var in = new Cursor(end < 0 ? name : name.substring(0, end), start);
        var out = new Output(level, name.length());
        var symbol = new RustSymbol(in, out);
        symbol.path(false);
        if (!in.atEnd()) {
            // The crate that the function was compiled for.
            symbol.silent = true;
            symbol.path(false);
            symbol.silent = false;
        }
        if (!in.atEnd()) {
            throw in.refused();
        }
        if (!suffix.isEmpty()) {
            out.append(level == Level.FULL ? " (" + suffix + ")" : suffix);
        }
        return out.toString();
    }

    private void print(String text) {
        if (!silent) {
            out.append(text);
        }
    }

    private void enter() {
        in.enter();
        out.enter();
    }

    private void leave() {
        in.leave();
        out.leave();
    }

    /**
     * @param inType where generic arguments follow a name without colons
     */
    private void path(boolean inType) {
        if (openPath(inType, false)) {
            print(">");
        }
    }

    /**
     * A path.
     *
     * @param leaveOpen whether generic arguments are not to be closed, as bindings will follow
     * @return whether they are left open
     */
    private boolean openPath(boolean inType, boolean leaveOpen) {
        enter();
        boolean open = false;
        switch (in.next()) {
            case 'C' -> print(identifier().text);
            case 'M' -> {
                implementation(inType);
                print("<");
                type();
                print(">");
            }
            case 'X' -> {
                implementation(inType);
                print("<");
                type();
                print(" as ");
                path(true);
                print(">");
            }
            case 'Y' -> {
                print("<");
                type();
                print(" as ");
                path(true);
                print(">");
            }
            case 'N' -> nested(inType);
            case 'I' -> {
                path(inType);
                print(inType ? "<" : "::<");
                for (int i = 0; !in.accept('E'); i++) {
                    print(i > 0 ? ", " : "");
                    genericArgument();
                }
                open = leaveOpen;
                print(leaveOpen ? "" : ">");
            }
            case 'B' -> {
                int back = backReference();
                if (!silent) {
                    int here = in.at();
                    in.rewind(back);
                    open = openPath(inType, leaveOpen);
                    in.rewind(here);
                }
            }
            default -> throw in.refused();
        }
        leave();
        return open;
    }

    /** Where an implementation stands; not shown. */
    private void implementation(boolean inType) {
        boolean outer = silent;
        silent = true;
        disambiguator();
        path(inType);
        silent = outer;
    }

    private void nested(boolean inType) {
        char space = in.next();
        if (!Character.isLetter(space) || space > 'z') {
            throw in.refused();
        }
        path(inType);
        Identifier name = identifier();
        if (space >= 'a') {
            print(name.text.isEmpty() ? "" : "::" + name.text);
            return;
        }
        String kind =
                switch (space) {
                    case 'C' -> "closure";
                    case 'S' -> "shim";
                    default -> String.valueOf(space);
                };
        String shown = name.text.isEmpty() ? kind : kind + ":" + name.text;
        print("::{" + shown + "#" + Long.toUnsignedString(name.disambiguator) + "}");
    }

    private void genericArgument() {
        if (in.accept('L')) {
            printLifetime(base62());
        } else if (in.accept('K')) {
            constant();
        } else {
            type();
        }
    }

    private void type() {
        enter();
        char c = in.peek();
        String basic = basic(c);
        if (!basic.isEmpty()) {
            in.skip(1);
            print(basic);
            leave();
            return;
        }
        switch (c) {
            case 'A' -> {
                in.skip(1);
                print("[");
                type();
                print("; ");
                constant();
                print("]");
            }
            case 'S' -> {
                in.skip(1);
                print("[");
                type();
                print("]");
            }
            case 'T' -> {
                in.skip(1);
                print("(");
                int count = 0;
                for (; !in.accept('E'); count++) {
                    print(count > 0 ? ", " : "");
                    type();
                }
                print(count == 1 ? ",)" : ")");
            }
            case 'R', 'Q' -> {
                in.skip(1);
                print("&");
                if (in.accept('L')) {
                    long lifetime = base62();
                    if (lifetime != 0) {
                        printLifetime(lifetime);
                        print(" ");
                    }
                }
                print(c == 'Q' ? "mut " : "");
                type();
            }
            case 'P', 'O' -> {
                in.skip(1);
                print(c == 'P' ? "*const " : "*mut ");
                type();
            }
            case 'F' -> {
                in.skip(1);
                function();
            }
            case 'D' -> {
                in.skip(1);
                traits();
            }
            case 'B' -> {
                in.skip(1);
                int back = backReference();
                if (!silent) {
                    int here = in.at();
                    in.rewind(back);
                    type();
                    in.rewind(here);
                }
            }
            default -> path(true);
        }
        leave();
    }

    private static String basic(char c) {
        return switch (c) {
            case 'a' -> "i8";
            case 'b' -> "bool";
            case 'c' -> "char";
            case 'd' -> "f64";
            case 'e' -> "str";
            case 'f' -> "f32";
            case 'h' -> "u8";
            case 'i' -> "isize";
            case 'j' -> "usize";
            case 'l' -> "i32";
            case 'm' -> "u32";
            case 'n' -> "i128";
            case 'o' -> "u128";
            case 'p' -> "_";
            case 's' -> "i16";
            case 't' -> "u16";
            case 'u' -> "()";
            case 'v' -> "...";
            case 'x' -> "i64";
            case 'y' -> "u64";
            case 'z' -> "!";
            default -> "";
        };
    }

    private void function() {
        long outer = lifetimes;
        binder();
        print(in.accept('U') ? "unsafe " : "");
        if (in.accept('K')) {
            String abi = in.accept('C') ? "C" : identifier().text.replace('_', '-');
            print("extern \"" + abi + "\" ");
        }
        print("fn(");
        for (int i = 0; !in.accept('E'); i++) {
            print(i > 0 ? ", " : "");
            type();
        }
        print(")");
        if (!in.accept('u')) {
            print(" -> ");
            type();
        }
        lifetimes = outer;
    }

    private void traits() {
        long outer = lifetimes;
        print("dyn ");
        binder();
        for (int i = 0; !in.accept('E'); i++) {
            print(i > 0 ? " + " : "");
            boolean open = openPath(true, true);
            while (in.accept('p')) {
                print(open ? ", " : "<");
                open = true;
                print(identifier().text + " = ");
                type();
            }
            print(open ? ">" : "");
        }
        lifetimes = outer;
        in.expect('L');
        long lifetime = base62();
        if (lifetime != 0) {
            print(" + ");
            printLifetime(lifetime);
        }
    }

    /** Lifetimes that a type introduces: {@code for<'a, 'b> }. */
    private void binder() {
        if (!in.accept('G')) {
            return;
        }
        long count = base62() + 1;
        if (count < 1 || count > in.left()) {
            throw in.refused();
        }
        print("for<");
        for (long i = 0; i < count; i++) {
            lifetimes++;
            print(i > 0 ? ", " : "");
            printLifetime(1);
        }
        print("> ");
    }

    private void printLifetime(long index) {
        if (index == 0) {
            print("'_");
            return;
        }
        if (index < 0 || index > lifetimes) {
            throw in.refused();
        }
        long depth = lifetimes - index;
        print(depth < 26 ? "'" + (char) ('a' + depth) : "'z" + (depth - 26 + 1));
    }

    private void constant() {
        enter();
        char c = in.next();
        switch (c) {
            case 'p' -> print("_");
            case 'b' -> {
                String digits = hex();
                print(digits.equals("0") ? "false" : digits.equals("1") ? "true" : refuse());
            }
            case 'c' -> print(character(hex()));
            case 'a', 's', 'l', 'x', 'n', 'i' -> {
                print(in.accept('n') ? "-" : "");
                print(number(hex()));
            }
            case 'h', 't', 'm', 'y', 'o', 'j' -> print(number(hex()));
            case 'e' -> {
                print("*");
                print(text(hex()));
            }
            case 'R', 'Q' -> {
                if (c == 'R' && in.accept('e')) {
                    print(text(hex()));
                } else {
                    print(c == 'Q' ? "&mut " : "&");
                    constant();
                }
            }
            case 'A' -> constants("[", "]");
            case 'T' -> constants("(", ")");
            case 'V' -> structure();
            case 'B' -> {
                int back = backReference();
                if (!silent) {
                    int here = in.at();
                    in.rewind(back);
                    constant();
                    in.rewind(here);
                }
            }
            default -> throw in.refused();
        }
        leave();
    }

    private String refuse() {
        throw in.refused();
    }

    private void constants(String open, String close) {
        print(open);
        int count = 0;
        for (; !in.accept('E'); count++) {
            print(count > 0 ? ", " : "");
            constant();
        }
        print(count == 1 && open.equals("(") ? ",)" : close);
    }

    private void structure() {
        path(false);
        switch (in.next()) {
            case 'U' -> {
                // a unit has no parts
            }
            case 'T' -> constants("(", ")");
            case 'S' -> {
                print(" { ");
                for (int i = 0; !in.accept('E'); i++) {
                    print(i > 0 ? ", " : "");
                    print(identifier().text + ": ");
                    constant();
                }
                print(" }");
            }
            default -> throw in.refused();
        }
    }

    /** Hexadecimal digits before an underscore, without leading zeros. */
    private String hex() {
        int from = in.at();
        while (Character.digit(in.peek(), 16) >= 0 && !Character.isUpperCase(in.peek())) {
            in.skip(1);
        }
        String digits = in.from(from);
        in.expect('_');
        return digits;
    }

    private String number(String hex) {
        if (hex.isEmpty()) {
            throw in.refused();
        }
        return hex.length() <= 16
                ? Long.toUnsignedString(Long.parseUnsignedLong(hex, 16))
                : "0x" + hex;
    }

    private String character(String hex) {
        if (hex.isEmpty() || hex.length() > 6) {
            throw in.refused();
        }
        int c = Integer.parseInt(hex, 16);
        return "'" + escaped(c, '\'') + "'";
    }

    private static String escaped(int c, char quote) {
        return switch (c) {
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\\' -> "\\\\";
            case '"', '\'' -> (c == quote ? "\\" : "") + (char) c;
            default ->
                    c >= 0x20 && c < 0x7f
                            ? String.valueOf((char) c)
                            : "\\u{" + Integer.toHexString(c) + "}";
        };
    }

    /** A text by the bytes of its UTF-8 form. */
    private String text(String hex) {
        if (hex.length() % 2 != 0) {
            throw in.refused();
        }
        var bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        var shown = new StringBuilder("\"");
        text.codePoints().forEach(c -> shown.append(escaped(c, '"')));
        return shown.append('"').toString();
    }

    private int backReference() {
        int place = in.at() - 1;
        long back = base62();
        if (back < 0 || start + back >= place) {
            throw in.refused();
        }
        return (int) (start + back);
    }

    /** Behind {@code s}: 1 and more; 0 where there is none. */
    private long disambiguator() {
        return in.accept('s') ? base62() + 1 : 0;
    }

    private Identifier identifier() {
        long disambiguator = disambiguator();
        boolean encoded = in.accept('u');
        int length = 0;
        char c = in.peek();
        if (c < '0' || c > '9') {
            throw in.refused();
        }
        if (c == '0') {
            in.skip(1);
        }
        while (c != '0' && in.peek() >= '0' && in.peek() <= '9') {
            length = length * 10 + in.next() - '0';
            if (length > in.left()) {
                throw in.refused();
            }
        }
        in.accept('_');
        int from = in.at();
        in.skip(length);
        String text = in.from(from);
        return new Identifier(encoded ? Punycode.decode(text) : text, disambiguator);
    }

    /** Digits and letters before an underscore; the underscore alone is 0. */
    private long base62() {
        if (in.accept('_')) {
            return 0;
        }
        long value = 0;
        while (!in.accept('_')) {
            char c = in.next();
            int digit;
            if (c >= '0' && c <= '9') {
                digit = c - '0';
            } else if (c >= 'a' && c <= 'z') {
                digit = c - 'a' + 10;
            } else if (c >= 'A' && c <= 'Z') {
                digit = c - 'A' + 36;
            } else {
                throw in.refused();
            }
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1, 62)) >= 0) {
                throw in.refused();
            }
            value = value * 62 + digit;
        }
        return value + 1;
    }
}
