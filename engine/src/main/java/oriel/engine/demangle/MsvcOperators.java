package oriel.engine.demangle;

import java.util.Optional;

/** Names of operators and of functions that compilers make by themselves, by their codes. */
final class MsvcOperators {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** By code; empty where a code means something else. */
    private static final String[] PLAIN = {
        "", "", " new", " delete", "=", ">>", "<<", "!", "==", "!=",
        "[]", "", "->", "*", "++", "--", "-", "+", "&", "->*",
        "/", "%", "<", "<=", ">", ">=", ",", "()", "~", "^",
        "|", "&&", "||", "*=", "+=", "-="
    };

    private static final String[] UNDERSCORE = {
        "operator/=",
        "operator%=",
        "operator>>=",
        "operator<<=",
        "operator&=",
        "operator|=",
        "operator^=",
        "`vftable'",
        "`vbtable'",
        "`vcall'",
        "`typeof'",
        "`local static guard'",
        "`string'",
        "`vbase dtor'",
        "`vector deleting dtor'",
        "`default ctor closure'",
        "`scalar deleting dtor'",
        "`vector ctor iterator'",
        "`vector dtor iterator'",
        "`vector vbase ctor iterator'",
        "`virtual displacement map'",
        "`eh vector ctor iterator'",
        "`eh vector dtor iterator'",
        "`eh vector vbase ctor iterator'",
        "`copy ctor closure'",
        "",
        "",
        "",
        "`local vftable'",
        "`local vftable ctor closure'",
        "operator new[]",
        "operator delete[]",
        "`omni callsig'",
        "`placement delete closure'",
        "`placement delete[] closure'",
        ""
    };

    private static final String[] DOUBLE = {
        "`managed vector ctor iterator'",
        "`managed vector dtor iterator'",
        "`EH vector copy ctor iterator'",
        "`EH vector vbase copy ctor iterator'",
        "",
        "",
        "`vector copy ctor iterator'",
        "`vector vbase copy ctor iterator'",
        "`managed vector vbase copy ctor iterator'",
        "`local static thread guard'",
        "",
        "operator co_await",
        "operator<=>"
    };

    private MsvcOperators() {}

    /** After one question mark. */
    static Optional<MsvcNode> plain(char code) {
        int index = DIGITS.indexOf(code);
        if (index < 0 || PLAIN[index].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MsvcNode.Text("operator" + PLAIN[index]));
    }

    /** After a question mark and an underscore. */
    static Optional<MsvcNode> underscore(char code) {
        return named(UNDERSCORE, DIGITS.indexOf(code));
    }

    /** After a question mark and two underscores. */
    static Optional<MsvcNode> doubleUnderscore(char code) {
        return named(DOUBLE, code - 'A');
    }

    private static Optional<MsvcNode> named(String[] table, int index) {
        if (index < 0 || index >= table.length || table[index].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MsvcNode.TwoWays(table[index], spelledOut(table[index])));
    }

    /** LLVM abbreviates what Microsoft writes out. */
    private static String spelledOut(String name) {
        return name.charAt(0) == '`'
                ? name.replace(" ctor", " constructor").replace(" dtor", " destructor")
                : name;
    }
}
