package oriel.engine.disasm;

/**
 * How formatted instructions look.
 *
 * @param syntax which assembler's language
 * @param hex how hexadecimal numbers are marked
 * @param uppercase whether mnemonics and registers are upper case
 * @param mnemonicWidth columns for prefixes and mnemonic before the operands, 0 for one space
 * @param bytesShown bytes of code to show before the text, 0 for none
 * @param labels names for branch targets and addresses
 */
public record FormatOptions(
        Syntax syntax,
        HexStyle hex,
        boolean uppercase,
        int mnemonicWidth,
        int bytesShown,
        CodeLabels labels) {
    /** How hexadecimal numbers are marked. */
    public enum HexStyle {
        /** {@code 0Ah}, {@code 28h}; below ten plain {@code 9}. */
        SUFFIX_H,
        /** {@code 0xa}, {@code 0x28}. */
        PREFIX_0X
    }

    /** As WinDbg writes: MASM syntax, {@code 28h}, operands in column 8 (ARM64: 12), no labels. */
    public static final FormatOptions WINDBG =
            new FormatOptions(Syntax.MASM, HexStyle.SUFFIX_H, false, 8, 0, CodeLabels.NONE);

    /** Like NASM and objdump: {@code 0x28}, one space before the operands. */
    public static final FormatOptions NASM =
            new FormatOptions(Syntax.INTEL, HexStyle.PREFIX_0X, false, 0, 0, CodeLabels.NONE);

    /** Another syntax. */
    public FormatOptions with(Syntax other) {
        return new FormatOptions(other, hex, uppercase, mnemonicWidth, bytesShown, labels);
    }

    /** Other marks on numbers. */
    public FormatOptions with(HexStyle other) {
        return new FormatOptions(syntax, other, uppercase, mnemonicWidth, bytesShown, labels);
    }

    /** Other names. */
    public FormatOptions with(CodeLabels other) {
        return new FormatOptions(syntax, hex, uppercase, mnemonicWidth, bytesShown, other);
    }

    /** Upper or lower case. */
    public FormatOptions withUppercase(boolean upper) {
        return new FormatOptions(syntax, hex, upper, mnemonicWidth, bytesShown, labels);
    }

    /** Another column for the operands. */
    public FormatOptions withMnemonicWidth(int columns) {
        return new FormatOptions(syntax, hex, uppercase, columns, bytesShown, labels);
    }

    /**
     * A column of bytes before the text, as WinDbg has it: {@code 4883ec28}, words of ARM64 as the
     * number that they are. It is as wide as {@code count} bytes; of longer instructions only the
     * first are shown, and a plus sign.
     *
     * @param count 8 is enough for most code; 0 for no column
     */
    public FormatOptions withBytes(int count) {
        return new FormatOptions(syntax, hex, uppercase, mnemonicWidth, count, labels);
    }
}
