package oriel.engine.demangle;

import oriel.engine.demangle.Demangler.Level;

/**
 * Names of Rust in the form {@code _R…} (RFC 2603, "v0"). Written while it is read: a reference
 * backwards reads there again.
 */
final class RustSymbol {
    private final Cursor in;
    private final RustTokens tokens;
    private final Output out;
    private boolean silent;
    private long lifetimes;

    private RustSymbol(Cursor in, Output out) {
        this.in = in;
        this.out = out;
        this.tokens = new RustTokens(in);
    }

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
            case 'C' -> print(tokens.identifier().text());
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
                int back = tokens.backReference();
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
        tokens.disambiguator();
        path(inType);
        silent = outer;
    }

    private void nested(boolean inType) {
        char space = in.next();
        if (!Character.isLetter(space) || space > 'z') {
            throw in.refused();
        }
        path(inType);
        RustTokens.Identifier name = tokens.identifier();
        if (space >= 'a') {
            print(name.text().isEmpty() ? "" : "::" + name.text());
            return;
        }
        String kind =
                switch (space) {
                    case 'C' -> "closure";
                    case 'S' -> "shim";
                    default -> String.valueOf(space);
                };
        String shown = name.text().isEmpty() ? kind : kind + ":" + name.text();
        print("::{" + shown + "#" + Long.toUnsignedString(name.disambiguator()) + "}");
    }

    private void genericArgument() {
        if (in.accept('L')) {
            printLifetime(tokens.base62());
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
                    long lifetime = tokens.base62();
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
                int back = tokens.backReference();
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
            String abi = in.accept('C') ? "C" : tokens.identifier().text().replace('_', '-');
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
                print(tokens.identifier().text() + " = ");
                type();
            }
            print(open ? ">" : "");
        }
        lifetimes = outer;
        in.expect('L');
        long lifetime = tokens.base62();
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
        long count = tokens.base62() + 1;
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
                String digits = tokens.hex();
                print(digits.equals("0") ? "false" : digits.equals("1") ? "true" : refuse());
            }
            case 'c' -> print(tokens.character());
            case 'a', 's', 'l', 'x', 'n', 'i' -> {
                print(in.accept('n') ? "-" : "");
                print(tokens.number());
            }
            case 'h', 't', 'm', 'y', 'o', 'j' -> print(tokens.number());
            case 'e' -> {
                print("*");
                print(tokens.text());
            }
            case 'R', 'Q' -> {
                if (c == 'R' && in.accept('e')) {
                    print(tokens.text());
                } else {
                    print(c == 'Q' ? "&mut " : "&");
                    constant();
                }
            }
            case 'A' -> constants("[", "]");
            case 'T' -> constants("(", ")");
            case 'V' -> structure();
            case 'B' -> {
                int back = tokens.backReference();
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
                    print(tokens.identifier().text() + ": ");
                    constant();
                }
                print(" }");
            }
            default -> throw in.refused();
        }
    }
}
