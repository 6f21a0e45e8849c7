package oriel.bench.oracle;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Differences of spelling between Intel-like syntaxes, removed: addresses relative to rip are
 * written out, segments stand inside the brackets, string instructions lose their size letter,
 * prefixes that do nothing are dropped, and operands of symmetric instructions are sorted.
 */
final class IntelText {
    private static final Pattern RELATIVE =
            Pattern.compile("\\[(?:(\\w\\w):)?[re]ip[^\\]]*\\]([^#]*)#\\s*(0x[0-9a-f]+).*");
    private static final Pattern NAMED_RELATIVE = Pattern.compile("\\brel ");
    private static final Pattern OUTER_SEGMENT = Pattern.compile("\\b([c-gs]s):\\[");
    private static final Pattern BARE_SEGMENT = Pattern.compile("\\b([c-gs]s):(0x[0-9a-f]+)");
    private static final Pattern SCALE_FIRST = Pattern.compile("\\b([1248])\\*(\\w+)");
    private static final Pattern SCALE_ONE = Pattern.compile("\\*1\\b");
    private static final Pattern NO_INDEX = Pattern.compile("\\+[re]iz(\\*[248])?");
    private static final Pattern IDLE =
            Pattern.compile(
                    "^(\\{vex\\}|(rex(\\.\\w+)?|addr32|addr16|data16|data32|cs|ds|es|ss|fs|gs)"
                            + " )+(?=\\w)");
    private static final Pattern STRING =
            Pattern.compile("\\b(ins|outs|movs|cmps|stos|lods|scas)[bwdq](?= )");
    private static final Set<String> SYMMETRIC = Set.of("xchg", "test");

    private IntelText() {}

    /** Expands {@code [rip+x] # 0x...}, which must happen before comments are cut. */
    static String relative(String lower) {
        if (lower.indexOf('#') < 0) {
            return lower;
        }
        Matcher matcher = RELATIVE.matcher(lower);
        return matcher.find()
                ? matcher.replaceFirst(
                        match ->
                                "["
                                        + (match.group(1) == null ? "" : match.group(1) + ":")
                                        + match.group(3)
                                        + "]"
                                        + match.group(2))
                : lower;
    }

    /** One spelling for text that has no needless blanks any more. */
    static String of(String text) {
        String plain = withoutIdlePrefixes(text);
        plain = NAMED_RELATIVE.matcher(plain).replaceAll("");
        if (plain.indexOf(':') >= 0) {
            plain = OUTER_SEGMENT.matcher(plain).replaceAll("[$1:");
            plain = BARE_SEGMENT.matcher(plain).replaceAll("[$1:$2]");
            plain = plain.replace("[[", "[").replace("]]", "]");
        }
        if (plain.indexOf('*') >= 0) {
            plain = SCALE_FIRST.matcher(plain).replaceAll("$2*$1");
            plain = SCALE_ONE.matcher(plain).replaceAll("");
        }
        if (plain.contains("iz")) {
            plain = NO_INDEX.matcher(plain).replaceAll("");
        }
        Matcher string = STRING.matcher(plain);
        if (string.find()) {
            plain = string.replaceFirst("$1").replace("es:", "").replace("ds:", "");
        }
        plain = plain.replace("ds:", "").replace("st(0)", "st");
        return sorted(plain);
    }

    /** Drops prefixes in front that change nothing, as GNU objdump shows them. */
    static String withoutIdlePrefixes(String text) {
        return IDLE.matcher(text).replaceFirst("");
    }

    private static String sorted(String text) {
        int blank = text.indexOf(' ');
        int comma = text.indexOf(',');
        if (blank < 0 || comma < blank || !SYMMETRIC.contains(text.substring(0, blank))) {
            return text;
        }
        String first = text.substring(blank + 1, comma);
        String second = text.substring(comma + 1);
        return first.compareTo(second) <= 0
                ? text
                : text.substring(0, blank + 1) + second + "," + first;
    }
}
