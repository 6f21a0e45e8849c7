package oriel.app.cli;

/** Numbers in options that are addresses. */
final class Hexadecimal {
    private Hexadecimal() {}

    /**
     * A hexadecimal number of at most 64 bits, with or without 0x; backticks count for nothing.
     *
     * @throws UsageException naming the option when it is none
     */
    static long parse(String option, String text) {
        String digits = text.replace("`", "");
        boolean prefixed = digits.startsWith("0x") || digits.startsWith("0X");
        try {
            return Long.parseUnsignedLong(prefixed ? digits.substring(2) : digits, 16);
        } catch (NumberFormatException e) {
            throw new UsageException(option + ": '" + text + "' is not a hexadecimal number");
        }
    }
}
