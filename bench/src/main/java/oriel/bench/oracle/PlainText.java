package oriel.bench.oracle;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Brings the text of different disassemblers into one form, so that what remains different is a
 * difference in meaning: case, blanks, comments, names of branch targets, the word {@code ptr},
 * spellings of numbers, and synonyms of mnemonics.
 */
final class PlainText {
    private static final Map<String, String> SYNONYMS = new HashMap<>();

    static {
        String pairs =
                "repz=rep repe=rep repnz=repne movabs=mov sal=shl retn=ret retq=ret fwait=wait"
                        + " xlatb=xlat int1=icebp pushfd=pushf popfd=popf pushfq=pushf popfq=popf"
                        + " iretd=iret pushal=pushad popal=popad pushaw=pusha popaw=popa"
                        + " sgdtd=sgdt sidtd=sidt lgdtd=lgdt lidtd=lidt sgdtw=sgdt sidtw=sidt"
                        + " lgdtw=lgdt lidtw=lidt";
        for (String pair : pairs.split(" ")) {
            int equals = pair.indexOf('=');
            SYNONYMS.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    private PlainText() {}

    /**
     * Lower case, single blanks, none beside punctuation, without comments and names.
     *
     * @param intel whether the code is x86, in whatever syntax
     * @param nextVa address behind the instruction
     */
    static String of(String text, boolean intel, long nextVa) {
        var out = new StringBuilder(text.length());
        boolean blank = false;
        boolean bracket = false;
        String lower = text.toLowerCase(Locale.ROOT).replace("{vex}", "").replace("{evex}", "");
        if (intel) {
            lower = IntelText.relative(lower, nextVa);
        }
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c == ' ' || c == '\t') {
                blank = true;
                continue;
            }
            boolean comment = intel ? c == '#' || c == ';' : c == '/' && lower.startsWith("//", i);
            if (comment || c == '<') {
                break;
            }
            char last = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
            bracket = c == '[' || bracket && c != ']';
            boolean minus = bracket && (c == '-' || last == '-');
            if (blank && isWord(c) && isWord(last) && !minus) {
                out.append(' ');
            }
            blank = false;
            out.append(c);
        }
        if (!intel) {
            return out.toString();
        }
        String plain = words(out.toString());
        return plain.indexOf('%') >= 0 ? AttText.of(plain) : IntelText.of(plain);
    }

    private static boolean isWord(char c) {
        return c == '_'
                || c == '.'
                || c == '#'
                || c == '-'
                || c == '%'
                || c == '$'
                || c == '['
                || c == '('
                || c == '*'
                || Character.isLetterOrDigit(c);
    }

    /** Replaces synonyms at the front and drops {@code ptr}. */
    private static String words(String text) {
        var out = new StringBuilder(text.length());
        int at = 0;
        boolean front = true;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                if (text.charAt(at) != ' ') {
                    front = false;
                }
                out.append(text.charAt(at++));
                continue;
            }
            String word = text.substring(at, end);
            at = end;
            if (word.equals("ptr")) {
                if (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                }
                continue;
            }
            out.append(front ? SYNONYMS.getOrDefault(word, word) : word);
        }
        return out.toString();
    }

    /** Whether two plain texts say the same, numbers compared by value in any common width. */
    static boolean same(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            boolean number = startsNumber(a, i) && startsNumber(b, j);
            if (!number) {
                if (a.charAt(i) != b.charAt(j)) {
                    return false;
                }
                i++;
                j++;
                continue;
            }
            int endA = endOfNumber(a, i);
            int endB = endOfNumber(b, j);
            String first = a.substring(i, endA);
            String second = b.substring(j, endB);
            if (!first.equals(second) && !sameNumber(first, second)) {
                return false;
            }
            i = endA;
            j = endB;
        }
        return i == a.length() && j == b.length();
    }

    /** A branch with its target cut to 16 bits; other text as it is. */
    static String withTarget16(String plain) {
        int at = plain.lastIndexOf(" 0x");
        if (at < 0 || endOfNumber(plain, at + 1) != plain.length()) {
            return plain;
        }
        long target = Long.parseUnsignedLong(plain.substring(at + 3), 16);
        return plain.substring(0, at + 3) + Long.toHexString(target & 0xffff);
    }

    private static boolean startsNumber(String text, int at) {
        char c = text.charAt(at);
        boolean sign = c == '-' || c == '+';
        if (sign && at + 1 < text.length()) {
            return Character.isDigit(text.charAt(at + 1));
        }
        boolean inWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return Character.isDigit(c) && !inWord;
    }

    private static int endOfNumber(String text, int at) {
        int end = at + 1;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private static boolean sameNumber(String a, String b) {
        if (a.indexOf('.') >= 0 || b.indexOf('.') >= 0) {
            return Math.abs(Double.parseDouble(a) - Double.parseDouble(b)) < 1e-7;
        }
        long x;
        long y;
        try {
            x = value(a);
            y = value(b);
        } catch (NumberFormatException e) {
            return false;
        }
        return x == y || same(x, y, 32) || same(x, y, 16) || same(x, y, 8);
    }

    /** Whether two numbers are one bit pattern of some width, read with and without sign. */
    private static boolean same(long x, long y, int bits) {
        long limit = 1L << bits;
        boolean fits = x < limit && y < limit && x >= -limit / 2 && y >= -limit / 2;
        return fits && (x - y) % limit == 0;
    }

    private static long value(String text) {
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        long magnitude;
        if (text.startsWith("0x", at)) {
            magnitude = Long.parseUnsignedLong(text.substring(at + 2), 16);
        } else if (text.endsWith("h")) {
            magnitude = Long.parseUnsignedLong(text.substring(at, text.length() - 1), 16);
        } else {
            magnitude = Long.parseUnsignedLong(text.substring(at));
        }
        return text.charAt(0) == '-' ? -magnitude : magnitude;
    }
}
