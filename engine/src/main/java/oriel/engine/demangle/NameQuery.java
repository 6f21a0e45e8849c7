package oriel.engine.demangle;

import java.util.Locale;
import oriel.engine.demangle.Demangler.Level;

/**
 * A name that somebody asks for, compared with names as they stand in files: as it is, or
 * demangled, with or without parameters. Blanks do not count, as each tool puts others. Safe for
 * any thread.
 */
public final class NameQuery {
    private final String wanted;
    private final String compact;
    private final String part;

    /**
     * @param wanted as the user wrote it
     */
    public NameQuery(String wanted) {
        this.wanted = wanted;
        this.compact = compact(wanted);
        this.part = part(wanted);
    }

    /** Whether a name of a symbol is the one asked for. */
    public boolean matches(String name) {
        if (name.equals(wanted) || isExportedStdcall(name)) {
            return true;
        }
        if (!name.contains(part) || !startsMangled(name)) {
            return false;
        }
        String shown = Demangler.demangle(name, Level.SHORT);
        if (shown.equals(name)) {
            return false;
        }
        return compact(shown).equals(compact)
                || wanted.indexOf('(') >= 0
                        && (compact(Demangler.demangle(name, Level.SIGNATURE)).equals(compact)
                                || compact(Demangler.demangle(name, Level.FULL)).equals(compact));
    }

    /** MinGW exports stdcall functions of x86 as {@code f@8}, without the underscore. */
    private boolean isExportedStdcall(String name) {
        int at = wanted.length();
        return name.length() > at
                && name.charAt(at) == '@'
                && name.startsWith(wanted)
                && CallDecoration.stdcall('_' + name).equals(wanted);
    }

    private static boolean startsMangled(String name) {
        if (name.isEmpty()) {
            return false;
        }
        char c = name.charAt(0);
        return c == '?' || c == '_' || c == '@' || name.indexOf("@@") > 0;
    }

    private static String compact(String name) {
        return name.indexOf(' ') < 0 ? name : name.replace(" ", "");
    }

    /** An identifier that every mangled form must contain; empty when there is none for sure. */
    private static String part(String wanted) {
        if (wanted.toLowerCase(Locale.ROOT).contains("operator") || wanted.indexOf('`') >= 0) {
            return "";
        }
        int end = 0;
        while (end < wanted.length() && isPart(wanted.charAt(end))) {
            end++;
        }
        return end == wanted.length() || wanted.startsWith("::", end) || wanted.charAt(end) == '('
                ? wanted.substring(0, end)
                : "";
    }

    private static boolean isPart(char c) {
        return c < 0x80 && Character.isJavaIdentifierPart(c);
    }
}
