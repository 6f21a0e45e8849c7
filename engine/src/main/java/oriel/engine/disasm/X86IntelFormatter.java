package oriel.engine.disasm;

import java.util.Locale;
import oriel.engine.disasm.FormatOptions.HexStyle;
import oriel.engine.disasm.Instruction.Rounding;

/** Writes x86 instructions in the two Intel-like languages, MASM and NASM. */
final class X86IntelFormatter implements InstructionFormatter {
    private final FormatOptions options;
    private final boolean masm;
    private final NumberText numbers;

    X86IntelFormatter(FormatOptions options) {
        this.options = options;
        masm = options.syntax() == Syntax.MASM;
        numbers = new NumberText(options.hex());
    }

    @Override
    public void format(Instruction instruction, StringBuilder out) {
        int start = out.length();
        instruction.complete();
        if (!instruction.valid()) {
            data(instruction, out);
        } else {
            X86Mnemonics.appendPrefixes(instruction, masm, out);
            if (masm && X86Mnemonics.isSplitByWindbg(instruction)) {
                boolean trap = instruction.cursor.opcode == 0xcc;
                out.append(trap ? "int" : "xchg");
                pad(out, start);
                out.append(trap ? "3" : "ax,ax");
            } else {
                out.append(X86Mnemonics.displayed(instruction));
            }
            if (!masm) {
                X86Mnemonics.appendHint(instruction, out);
            }
            operands(instruction, out, start);
        }
        if (options.uppercase()) {
            String upper = out.substring(start).toUpperCase(Locale.ROOT);
            out.setLength(start);
            out.append(upper);
        }
    }

    private void data(Instruction instruction, StringBuilder out) {
        out.append("db");
        pad(out, out.length() - 2);
        numbers.append(instruction.firstByte(), out);
    }

    private void pad(StringBuilder out, int start) {
        out.repeat(' ', Math.max(1, options.mnemonicWidth() - (out.length() - start)));
    }

    private void operands(Instruction instruction, StringBuilder out, int start) {
        int last = X86Mnemonics.displayedOperands(instruction, masm);
        boolean rounding = instruction.rounding() != Rounding.NONE;
        boolean swapped = masm && X86Mnemonics.isSwappedByWindbg(instruction);
        boolean first = true;
        for (int i = X86Mnemonics.firstDisplayed(instruction, masm); i < last; i++) {
            int number = swapped ? 1 - i : i;
            Operand operand = instruction.operands[number];
            if (first) {
                pad(out, start);
            } else {
                separate(out);
            }
            if (rounding && operand.kind() == Operand.Kind.IMMEDIATE) {
                rounding(instruction, out);
                separate(out);
                rounding = false;
            }
            operand(instruction, number, out);
            first = false;
        }
        if (rounding) {
            separate(out);
            rounding(instruction, out);
        }
    }

    private void separate(StringBuilder out) {
        out.append(masm ? "," : ", ");
    }

    private static void rounding(Instruction instruction, StringBuilder out) {
        out.append(
                switch (instruction.rounding()) {
                    case NEAREST -> "{rn-sae}";
                    case DOWN -> "{rd-sae}";
                    case UP -> "{ru-sae}";
                    case TO_ZERO -> "{rz-sae}";
                    case NONE, SUPPRESS_EXCEPTIONS -> "{sae}";
                });
    }

    private void operand(Instruction instruction, int number, StringBuilder out) {
        Operand operand = instruction.operands[number];
        switch (operand.kind()) {
            case REGISTER -> {
                if (masm && number == 1 && loadsSegment(instruction)) {
                    out.append(X86Registers.GENERAL16[operand.register().number()].name());
                } else {
                    register(instruction, number, operand.register(), out);
                }
            }
            case IMMEDIATE -> numbers.append(immediate(operand), out);
            case MEMORY -> memory(instruction, number, operand, out);
            case TARGET -> address(operand.value(), operand.sizeBytes(), out);
            case FAR_POINTER -> farPointer(operand, out);
        }
        if (operand.mask().isPresent()) {
            out.append('{').append(operand.mask().name()).append('}');
        }
        if (operand.zeroing()) {
            out.append("{z}");
        }
    }

    /** WinDbg numbers the top of the x87 stack where the instruction could name another one. */
    private void register(
            Instruction instruction, int number, CodeRegister register, StringBuilder out) {
        boolean fixed = !masm || instruction.place(number) == X86Operands.FIXED;
        if (register.kind() == CodeRegister.Kind.X87 && register.number() == 0 && fixed) {
            out.append("st");
            return;
        }
        out.append(register.name());
    }

    /** Of which WinDbg shows what is used: {@code mov ds,cx}, whatever the operand size. */
    private static boolean loadsSegment(Instruction instruction) {
        return instruction.operands[0].register().kind() == CodeRegister.Kind.SEGMENT;
    }

    /** {@code 0033:77BB6009} in WinDbg. */
    private void farPointer(Operand operand, StringBuilder out) {
        if (masm && options.hex() == HexStyle.SUFFIX_H) {
            NumberText.appendDigits(operand.selector(), 4, 'A', out);
            out.append(':');
            NumberText.appendDigits(operand.value(), operand.sizeBytes() == 4 ? 4 : 8, 'A', out);
        } else {
            numbers.append(operand.selector(), out);
            out.append(':');
            numbers.append(operand.value(), out);
        }
    }

    /** An immediate as the unsigned number of its width. */
    private static long immediate(Operand operand) {
        int bytes = operand.sizeBytes();
        return bytes >= 8 ? operand.value() : operand.value() & ((1L << bytes * 8) - 1);
    }

    /** A code address: its name and, as WinDbg does, the number behind it. */
    private void address(long va, int bytes, StringBuilder out) {
        if (options.labels().append(va, out)) {
            if (masm) {
                out.append(" (");
                numbers.appendAddress(va, bytes, out);
                out.append(')');
            }
        } else if (masm && options.hex() == HexStyle.SUFFIX_H) {
            numbers.appendAddress(va, bytes, out);
        } else {
            numbers.append(va, out);
        }
    }

    private void memory(Instruction instruction, int number, Operand memory, StringBuilder out) {
        String size =
                masm
                        ? X86Mnemonics.windbgSizeName(instruction, number)
                        : X86Mnemonics.sizeName(memory.sizeBytes());
        if (!size.isEmpty()) {
            out.append(size).append(masm ? " ptr " : " ");
        }
        if (!masm) {
            out.append('[');
        }
        boolean flat = instruction.addressMaskBits == 64;
        boolean destination = memory.segment() == X86Registers.ES;
        if (memory.segmentOverridden() || masm && destination && !flat) {
            out.append(memory.segment().name()).append(':');
        }
        int bracket = out.length();
        if (masm) {
            out.append('[');
        }
        if (memory.isPcRelative()) {
            relative(instruction, memory, out);
        } else if (memory.base().isPresent() || memory.index().isPresent()) {
            terms(memory, out);
        } else {
            boolean padded = instruction.place(number) == X86Operands.ABSOLUTE;
            boolean named = absolute(memory, masm && padded && !flat, out);
            if (masm && !flat && !named && !memory.segmentOverridden()) {
                // a bare number would be a constant in 32-bit MASM
                out.insert(bracket, "ds:");
            }
        }
        out.append(']');
        if (memory.broadcast() != 0) {
            out.append("{1to").append(memory.broadcast()).append('}');
        }
    }

    private void relative(Instruction instruction, Operand memory, StringBuilder out) {
        long target = instruction.pcRelativeTarget(memory);
        if (!masm) {
            out.append("rel ");
        }
        address(target, memory.addressBytes(), out);
    }

    private void terms(Operand memory, StringBuilder out) {
        if (memory.base().isPresent()) {
            out.append(memory.base().name());
        }
        if (memory.index().isPresent()) {
            if (memory.base().isPresent()) {
                out.append('+');
            }
            out.append(memory.index().name());
            if (memory.scale() != 1) {
                out.append('*').append(memory.scale());
            }
        }
        long displacement = memory.displacement();
        if (displacement != 0) {
            out.append(displacement < 0 ? '-' : '+');
            numbers.append(Math.abs(displacement), out);
        }
    }

    /** An address without registers; whether it has a name. */
    private boolean absolute(Operand memory, boolean padded, StringBuilder out) {
        int bytes = memory.addressBytes();
        long va =
                bytes == 8
                        ? memory.displacement()
                        : memory.displacement() & ((1L << bytes * 8) - 1);
        boolean flat = memory.segment() == X86Registers.DS && !memory.segmentOverridden();
        boolean named = flat && options.labels().append(va, out);
        if (named && masm) {
            out.append(" (");
            numbers.appendAddress(va, bytes, out);
            out.append(')');
        } else if (!named && padded) {
            numbers.appendPadded(va, bytes * 2, out);
        } else if (!named) {
            numbers.append(va, out);
        }
        return named;
    }
}
