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
    private static final Pattern HINT = Pattern.compile("^((?:\\w+ )*j\\w+),p[nt]\\b");
    private static final Pattern NAMED_RELATIVE = Pattern.compile("\\brel ");
    private static final Pattern OUTER_SEGMENT = Pattern.compile("\\b([c-gs]s):\\[");
    private static final Pattern BARE_SEGMENT = Pattern.compile("\\b([c-gs]s):(0x[0-9a-f]+)");
    private static final Pattern SCALE_FIRST = Pattern.compile("\\b([1248])\\*(\\w+)");
    private static final Pattern SCALE_ONE = Pattern.compile("\\*1\\b");
    private static final Pattern NO_INDEX =
            Pattern.compile("\\+[re]iz(\\*[248])?|(?<=[\\[:])[re]iz(\\*[248])?\\+?");
    private static final Pattern IDLE =
            Pattern.compile(
                    "^((?:(?:lock|rep|repne|xacquire|xrelease|bnd|notrack) )*)"
                            + "((rex(\\.\\w+)?|rex64|addr32|addr16|data16|data32"
                            + "|cs|ds|es|ss|fs|gs) )+(?=\\w)");
    private static final Pattern REPEATED =
            Pattern.compile(
                    "^(?:(?:rep|repne|bnd) )+(?!(?:ins|outs|movs|cmps|stos|lods|scas)[bwdq]?\\b)");
    private static final Pattern STRING =
            Pattern.compile("\\b(ins|outs|movs|cmps|stos|lods|scas)[bwdq]?(?= )");
    private static final Pattern SHIFT_BY_ONE =
            Pattern.compile("^((?:xacquire |xrelease |lock )*(?:ro[lr]|rc[lr]|s[ah][lr]) [^,]+)$");
    private static final Pattern FAR_POINTER =
            Pattern.compile("^(?:l(?=call|jmp))?(call|jmp) (?:[ft]\\w+ )?(?=\\[)");
    private static final Pattern BROADCAST = Pattern.compile("word (\\[[^\\]]*\\])\\{1to\\d+\\}");
    private static final Pattern SEGMENT_LOAD =
            Pattern.compile("^(l[defgs]s \\w+,)(?:dword|fword|tbyte) (?=\\[)");
    private static final Set<String> SYMMETRIC = Set.of("xchg", "test");

    private IntelText() {}

    /** Replaces {@code [rip+x]} by the address that is meant; comments are not needed for it. */
    static String relative(String lower, long nextVa) {
        int at = lower.indexOf("ip");
        if (at < 2 || "re".indexOf(lower.charAt(at - 1)) < 0) {
            return lower;
        }
        int end = lower.indexOf(']', at);
        if (end < 0 || "[:".indexOf(lower.charAt(at - 2)) < 0) {
            return lower;
        }
        String distance = lower.substring(at + 2, end).replace(" ", "");
        boolean negative = distance.startsWith("-");
        String digits = distance.replaceFirst("^[+-](0x)?", "");
        long value = digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 16);
        long target = nextVa + (negative ? -value : value);
        if (lower.charAt(at - 1) == 'e') {
            target &= 0xffffffffL;
        }
        String address = "0x" + Long.toHexString(target);
        return lower.substring(0, at - 1) + address + lower.substring(end);
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
            plain = string.replaceFirst("$1").replace("[es:rdi", "[rdi").replace("[es:edi", "[edi");
            plain = plain.replace("[es:di", "[di");
        }
        plain = plain.replace("ds:", "").replace("st(0)", "st");
        plain = plain.replace("+0x0]", "]").replaceFirst("^xlat .*", "xlat");
        plain = SHIFT_BY_ONE.matcher(plain).replaceFirst("$1,1");
        plain = FAR_POINTER.matcher(plain).replaceFirst("$1 far");
        plain = SEGMENT_LOAD.matcher(plain).replaceFirst("$1");
        if (plain.indexOf('{') >= 0) {
            plain = BROADCAST.matcher(plain).replaceFirst("word bcst $1");
        }
        return sorted(plain);
    }

    /** Drops prefixes in front that change nothing, as the oracles show some of them. */
    static String withoutIdlePrefixes(String text) {
        String plain = HINT.matcher(text).replaceFirst("$1");
        while (true) {
            Matcher idle = IDLE.matcher(plain);
            if (!idle.find()) {
                return REPEATED.matcher(plain).replaceFirst("");
            }
            plain = idle.replaceFirst("$1");
        }
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
