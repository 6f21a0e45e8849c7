package oriel.bench.oracle;

import java.util.regex.Pattern;

/**
 * Differences of spelling within the AT&T syntax, removed: zero displacements, scales of one, an
 * index that is none, segments that change nothing, counts of shifts by one, and letters of sizes
 * where a register tells the size.
 */
final class AttText {
    private static final Pattern NO_INDEX = Pattern.compile(",%[er]iz(,[1248])?(?=\\))");
    private static final Pattern SHIFT_BY_ONE =
            Pattern.compile("^(lock )?((?:ro|rc|sa|sh)[lr][bwlq]?) \\$(?:0x)?1,(?!.*,.*,.*,)");
    private static final Pattern SIZED =
            Pattern.compile(
                    "^((?:lock |xacquire |xrelease )*(?:add|or|adc|sbb|and|sub|xor|cmp|mov|movabs"
                            + "|test|xchg|lea|ro[lr]|rc[lr]|s[ah][lr]|sh[lr]d|imul|bt[srd]?|btc|xadd"
                            + "|cmpxchg|cmov\\w+|bsf|bsr|not|neg|mul|div|idiv|inc|dec|push|pop|in|out"
                            + "|bswap|lret|call|jmp|ljmp|lcall|ret|sldt|str|smsw|lar|lsl|stos|lods"
                            + "|scas|lgdt|sgdt|lidt|sidt|sysret|sysexit|ptwrite|rd[fg]sbase|wr[fg]sbase"
                            + "|rdrand|rdseed|adcx|adox|andn|popcnt|tzcnt|lzcnt|movbe|crc32|enter|leave"
                            + "|nop|pushf|popf|iret|jmp|movnti|verr|verw|ltr|lldt|lmsw|iret))[bwlq](?= |$)");
    private static final Pattern REGISTER = Pattern.compile("(?:^|[ ,*])%\\w+(?![^(]*\\))");

    private AttText() {}

    /** One spelling for text that has no needless blanks any more. */
    static String of(String text) {
        String plain = IntelText.withoutIdlePrefixes(text);
        plain =
                plain.replace("%ds:", "")
                        .replace("%es:(%rdi", "(%rdi")
                        .replace("%es:(%edi", "(%edi");
        plain = plain.replace("%es:(%di", "(%di").replace("(%dx)", "%dx").replace("%st(0)", "%st");
        plain = plain.replace(",1)", ")");
        plain = NO_INDEX.matcher(plain).replaceAll("");
        plain = plain.replace(" 0x0(", " (").replace(",0x0(", ",(").replace("*0x0(", "*(");
        plain = SHIFT_BY_ONE.matcher(plain).replaceFirst("$1$2 ");
        return REGISTER.matcher(plain).find() || plain.indexOf('*') >= 0 || plain.indexOf('%') < 0
                ? SIZED.matcher(plain).replaceFirst("$1")
                : plain;
    }
}
