package oriel.engine.disasm;

/**
 * Writes ARM64 instructions as WinDbg does ({@code stp fp,lr,[sp,#-0x10]!}, MASM) or as GNU and
 * LLVM do ({@code stp x29, x30, [sp, #-0x10]!}).
 */
final class Arm64Formatter implements InstructionFormatter {
    /** Where WinDbg begins operands: mnemonics are longer than those of x86. */
    private static final int WINDBG_COLUMN = 12;

    private final FormatOptions options;
    private final boolean windbg;
    private final int column;
    private final NumberText numbers;

    Arm64Formatter(FormatOptions options) {
        this.options = options;
        this.windbg = options.syntax() == Syntax.MASM;
        boolean usual = options.mnemonicWidth() == FormatOptions.WINDBG.mnemonicWidth();
        this.column = windbg && usual ? WINDBG_COLUMN : options.mnemonicWidth();
        this.numbers = new NumberText(options.hex());
    }

    @Override
    public void format(Instruction instruction, StringBuilder out) {
        if (!instruction.valid) {
            word(".inst", out);
            pad(".inst".length(), out);
            if (instruction.length == 4) {
                appendHex(instruction.word & 0xffffffffL, out);
            }
            return;
        }
        int used = mnemonic(instruction.mnemonic, out);
        for (int i = 0; i < instruction.operandCount; i++) {
            if (i == 0) {
                pad(used, out);
            } else {
                separate(out);
            }
            operand(instruction, instruction.operands[i], out);
        }
    }

    /** Appends the mnemonic; Microsoft has no point in those of branches. Returns its length. */
    private int mnemonic(String text, StringBuilder out) {
        if (windbg && text.startsWith("b.")) {
            word("b", out);
            word(text.substring(2), out);
            return text.length() - 1;
        }
        word(text, out);
        return text.length();
    }

    /** Appends a word that the option for capitals applies to. */
    private void word(String text, StringBuilder out) {
        if (!options.uppercase()) {
            out.append(text);
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            out.append(Character.toUpperCase(text.charAt(i)));
        }
    }

    private void pad(int used, StringBuilder out) {
        out.repeat(' ', Math.max(1, column - used));
    }

    private void separate(StringBuilder out) {
        out.append(windbg ? "," : ", ");
    }

    private void operand(Instruction instruction, Operand operand, StringBuilder out) {
        switch (operand.kind()) {
            case REGISTER -> {
                if (operand.listCount > 0) {
                    list(operand, out);
                } else {
                    vector(operand.register(), operand.shape, out);
                    if (operand.lane >= 0) {
                        out.append('[').append(operand.lane).append(']');
                    }
                }
                shift(operand, out);
                if (operand.indexing() == Operand.Indexing.PRE) {
                    out.append('!');
                }
            }
            case IMMEDIATE -> {
                number(operand.value, out);
                shift(operand, out);
            }
            case CONSTANT -> constant(operand.constant(), out);
            case NAME -> word(operand.name, out);
            case TARGET -> address(operand.value, out);
            case MEMORY -> memory(instruction, operand, out);
            case FAR_POINTER -> throw new IllegalStateException("no far pointers on ARM64");
        }
    }

    private void vector(CodeRegister register, String shape, StringBuilder out) {
        name(register, out);
        if (!shape.isEmpty()) {
            out.append('.');
            word(shape, out);
        }
    }

    private void name(CodeRegister register, StringBuilder out) {
        boolean special = windbg && register.kind() == CodeRegister.Kind.GENERAL;
        word(special && register.bits() == 64 ? role(register) : register.name(), out);
    }

    /** Microsoft's names for registers with a role: two of linkers, one of the platform. */
    private static String role(CodeRegister register) {
        return switch (register.number()) {
            case 16 -> "xip0";
            case 17 -> "xip1";
            case 18 -> "xpr";
            case 29 -> "fp";
            case 30 -> "lr";
            default -> register.name();
        };
    }

    private void list(Operand operand, StringBuilder out) {
        out.append(windbg ? "{" : "{ ");
        for (int i = 0; i < operand.listCount; i++) {
            if (i > 0) {
                separate(out);
            }
            vector(Arm64Registers.vector(operand.register().number() + i), operand.shape, out);
        }
        out.append(windbg ? "}" : " }");
        if (operand.lane >= 0) {
            out.append('[').append(operand.lane).append(']');
        }
    }

    private void shift(Operand operand, StringBuilder out) {
        if (operand.shift.isEmpty()) {
            return;
        }
        if (windbg && operand.kind() == Operand.Kind.MEMORY) {
            out.append(' ');
        } else {
            separate(out);
        }
        word(operand.shift, out);
        boolean extension = operand.shift.charAt(1) == 'x';
        if (windbg || operand.shiftAmount != 0 || operand.shiftShown || !extension) {
            out.append(" #").append(operand.shiftAmount);
        }
    }

    private void number(long value, StringBuilder out) {
        out.append('#');
        if (value < 0 && value > -0x10000) {
            out.append('-');
            appendNumber(-value, out);
        } else {
            appendNumber(value, out);
        }
    }

    private void appendNumber(long value, StringBuilder out) {
        if (value >= 0 && value < 10) {
            out.append(value);
        } else {
            appendHex(value, out);
        }
    }

    /** ARM assemblers know only one way to mark hexadecimal numbers. */
    private void appendHex(long value, StringBuilder out) {
        out.append("0x");
        int digits = Math.max(1, 67 - Long.numberOfLeadingZeros(value) >> 2);
        NumberText.appendDigits(value, digits, windbg || options.uppercase() ? 'A' : 'a', out);
    }

    /** Eight digits after the point are enough for the constants that eight bits can stand for. */
    private static void constant(double value, StringBuilder out) {
        double magnitude = Math.abs(value);
        long whole = (long) magnitude;
        long fraction = Math.round((magnitude - whole) * 1e8);
        out.append('#');
        if (value < 0) {
            out.append('-');
        }
        out.append(whole).append('.');
        if (fraction == 0) {
            out.append('0');
            return;
        }
        for (long unit = 10_000_000; unit > 0 && fraction > 0; unit /= 10) {
            out.append((char) ('0' + fraction / unit));
            fraction %= unit;
        }
    }

    private void address(long va, StringBuilder out) {
        int start = out.length();
        boolean named = options.labels().append(va, out);
        if (named && !windbg) {
            return;
        }
        if (named) {
            out.append(" (");
        } else {
            out.setLength(start);
        }
        if (windbg) {
            numbers.appendAddress(va, 8, out);
        } else {
            appendHex(va, out);
        }
        if (named) {
            out.append(')');
        }
    }

    /** Zero is written with write-back, but not where no other offset exists (cpyp [x0]!). */
    private static boolean writesBack(Operand memory) {
        return memory.indexing() != Operand.Indexing.OFFSET && memory.sizeBytes() != 0;
    }

    private void memory(Instruction instruction, Operand memory, StringBuilder out) {
        if (memory.isPcRelative()) {
            address(instruction.pcRelativeTarget(memory), out);
            return;
        }
        boolean after = memory.indexing() == Operand.Indexing.POST;
        out.append('[');
        name(memory.base, out);
        if (after) {
            out.append(']');
        }
        if (memory.index.isPresent()) {
            separate(out);
            name(memory.index, out);
            shift(memory, out);
        } else if (memory.displacement != 0 || writesBack(memory)) {
            separate(out);
            number(memory.displacement, out);
        }
        if (!after) {
            out.append(']');
            if (memory.indexing() == Operand.Indexing.PRE) {
                out.append('!');
            }
        }
    }
}
