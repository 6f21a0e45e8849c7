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
            out.append(X86Mnemonics.displayed(instruction));
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
        do {
            out.append(' ');
        } while (out.length() - start < options.mnemonicWidth());
    }

    private void operands(Instruction instruction, StringBuilder out, int start) {
        int last = X86Mnemonics.displayedOperands(instruction, masm);
        boolean rounding = instruction.rounding() != Rounding.NONE;
        boolean first = true;
        for (int i = X86Mnemonics.firstDisplayed(instruction, masm); i < last; i++) {
            Operand operand = instruction.operands[i];
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
            operand(instruction, operand, out);
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

    private void operand(Instruction instruction, Operand operand, StringBuilder out) {
        switch (operand.kind()) {
            case REGISTER -> register(operand.register(), out);
            case IMMEDIATE -> numbers.append(immediate(operand), out);
            case MEMORY -> memory(instruction, operand, out);
            case TARGET -> address(operand.value(), operand.sizeBytes(), out);
            case FAR_POINTER -> {
                numbers.append(operand.selector(), out);
                out.append(':');
                numbers.append(operand.value(), out);
            }
        }
        if (operand.mask().isPresent()) {
            out.append('{').append(operand.mask().name()).append('}');
        }
        if (operand.zeroing()) {
            out.append("{z}");
        }
    }

    private void register(CodeRegister register, StringBuilder out) {
        if (register.kind() == CodeRegister.Kind.X87 && register.number() == 0) {
            out.append("st");
            return;
        }
        out.append(register.name());
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

    private void memory(Instruction instruction, Operand memory, StringBuilder out) {
        String size = X86Mnemonics.sizeName(memory.sizeBytes());
        if (!size.isEmpty()) {
            out.append(size).append(masm ? " ptr " : " ");
        }
        if (!masm) {
            out.append('[');
        }
        if (memory.segmentOverridden()) {
            out.append(memory.segment().name()).append(':');
        }
        if (masm) {
            out.append('[');
        }
        if (memory.isPcRelative()) {
            relative(instruction, memory, out);
        } else {
            terms(memory, out);
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
        boolean any = false;
        if (memory.base().isPresent()) {
            out.append(memory.base().name());
            any = true;
        }
        if (memory.index().isPresent()) {
            if (any) {
                out.append('+');
            }
            out.append(memory.index().name());
            if (memory.scale() != 1) {
                out.append('*').append(memory.scale());
            }
            any = true;
        }
        long displacement = memory.displacement();
        if (!any) {
            absolute(memory, out);
        } else if (displacement != 0) {
            out.append(displacement < 0 ? '-' : '+');
            numbers.append(Math.abs(displacement), out);
        }
    }

    private void absolute(Operand memory, StringBuilder out) {
        int bytes = memory.addressBytes();
        long va =
                bytes == 8
                        ? memory.displacement()
                        : memory.displacement() & ((1L << bytes * 8) - 1);
        boolean flat = memory.segment() == X86Registers.DS && !memory.segmentOverridden();
        if (!flat || !options.labels().append(va, out)) {
            numbers.append(va, out);
        } else if (masm) {
            out.append(" (");
            numbers.appendAddress(va, bytes, out);
            out.append(')');
        }
    }
}
