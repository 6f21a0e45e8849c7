package oriel.engine.disasm;

import java.util.Locale;
import oriel.engine.disasm.Instruction.Rounding;

/**
 * Writes x86 instructions as GNU does: {@code movl $0x1,0x10(%rsp)}. Source before destination,
 * registers with a percent sign, and the size of memory as a letter behind the mnemonic where no
 * register tells it.
 */
final class X86AttFormatter implements InstructionFormatter {
    private final FormatOptions options;
    private final NumberText numbers;

    X86AttFormatter(FormatOptions options) {
        this.options = options;
        numbers = new NumberText(options.hex());
    }

    @Override
    public void format(Instruction instruction, StringBuilder out) {
        int start = out.length();
        instruction.complete();
        if (!instruction.valid()) {
            out.append(".byte ");
            numbers.append(instruction.firstByte(), out);
        } else {
            X86Mnemonics.appendPrefixes(instruction, false, out);
            mnemonic(instruction, out);
            X86Mnemonics.appendHint(instruction, out);
            operands(instruction, out, start);
        }
        if (options.uppercase()) {
            String upper = out.substring(start).toUpperCase(Locale.ROOT);
            out.setLength(start);
            out.append(upper);
        }
    }

    private static void mnemonic(Instruction instruction, StringBuilder out) {
        String name = X86Mnemonics.displayed(instruction);
        switch (name) {
            case "movsxd", "movsx", "movzx" -> extension(name, instruction, out);
            case "cbw" -> out.append("cbtw");
            case "cwde" -> out.append("cwtl");
            case "cdqe" -> out.append("cltq");
            case "cwd" -> out.append("cwtd");
            case "cdq" -> out.append("cltd");
            case "cqo" -> out.append("cqto");
            case "retf" -> out.append("lret");
            case "retfq" -> out.append("lretq");
            case "call", "jmp" -> out.append(isFar(instruction) ? "l" : "").append(name);
            case "mov" -> move(instruction, out);
            case "fsub", "fsubr", "fdiv", "fdivr", "fsubp", "fsubrp", "fdivp", "fdivrp" ->
                    reversed(name, instruction, out);
            default -> {
                out.append(name);
                suffix(instruction, name, out);
            }
        }
    }

    /** Whether a branch goes to another segment: its memory is a pointer with a selector. */
    private static boolean isFar(Instruction instruction) {
        Operand target = instruction.operand(0);
        return target.kind() == Operand.Kind.FAR_POINTER
                || target.isMemory() && instruction.cursor.reg() % 2 == 1;
    }

    /** Moves of 64-bit constants and addresses have a name of their own. */
    private static void move(Instruction instruction, StringBuilder out) {
        Operand to = instruction.operand(0);
        Operand from = instruction.operand(1);
        boolean wide =
                from.kind() == Operand.Kind.IMMEDIATE && from.sizeBytes() == 8 && !from.signed();
        if (wide || isAbsolute64(to, instruction) || isAbsolute64(from, instruction)) {
            out.append("movabs");
        } else {
            out.append("mov");
            suffix(instruction, "mov", out);
        }
    }

    private static boolean isAbsolute64(Operand operand, Instruction instruction) {
        return operand.isMemory()
                && operand.addressBytes() == 8
                && (instruction.cursor.opcode & 0xfc) == 0xa0;
    }

    /**
     * Subtraction and division with another x87 register as the destination: the first assembler of
     * this syntax confused the two directions, and all have kept to it since.
     */
    private static void reversed(String name, Instruction instruction, StringBuilder out) {
        if (instruction.operand(0).isMemory() || instruction.cursor.opcode == 0xd8) {
            out.append(name);
            suffix(instruction, name, out);
            return;
        }
        out.append(name, 0, 4);
        boolean turned = name.length() > 4 && name.charAt(4) == 'r';
        out.append(turned ? "" : "r").append(name.endsWith("p") ? "p" : "");
    }

    /** movzbl, movswq and so on: both sizes are part of the mnemonic. */
    private static void extension(String name, Instruction instruction, StringBuilder out) {
        if (name.equals("movsxd") && instruction.operand(0).sizeBytes() < 8) {
            out.append(name);
            return;
        }
        out.append(name, 0, 4);
        suffix(instruction.operand(1).sizeBytes(), name, out);
        suffix(instruction.operand(0).sizeBytes(), name, out);
    }

    /** The letter of a size, where nothing else tells how wide the memory is. */
    private static void suffix(Instruction instruction, String name, StringBuilder out) {
        if (instruction.memoryOperand().isPresent() && needsSuffix(instruction, name)) {
            suffix(instruction.memoryOperand().get().sizeBytes(), name, out);
        }
    }

    private static boolean needsSuffix(Instruction instruction, String name) {
        return switch (name) {
            case "add", "or", "adc", "sbb", "and", "sub", "xor", "cmp", "test", "mov" ->
                    instruction.operand(0).isMemory()
                            && !instruction.operand(1).register().isPresent();
            case "rol", "ror", "rcl", "rcr", "shl", "sal", "shr", "sar" ->
                    instruction.operand(0).isMemory();
            case "bt", "bts", "btr", "btc" ->
                    instruction.operand(1).kind() == Operand.Kind.IMMEDIATE;
            case "not", "neg", "mul", "imul", "div", "idiv", "inc", "dec", "push", "pop", "nop" ->
                    instruction.operandCount() == 1;
            case "movs", "cmps", "ins", "outs", "ptwrite" -> true;
            case "cvtsi2ss", "cvtsi2sd", "vcvtsi2ss", "vcvtsi2sd", "vcvtusi2ss", "vcvtusi2sd" ->
                    true;
            default -> isFloat(name);
        };
    }

    /** Whether x87 memory may have several widths under this name. */
    private static boolean isFloat(String name) {
        return switch (name) {
            case "fadd", "fmul", "fcom", "fcomp", "fsub", "fsubr", "fdiv", "fdivr" -> true;
            case "fld", "fst", "fstp", "fild", "fist", "fistp", "fisttp" -> true;
            case "fiadd", "fimul", "ficom", "ficomp", "fisub", "fisubr", "fidiv", "fidivr" -> true;
            default -> false;
        };
    }

    private static void suffix(int bytes, String name, StringBuilder out) {
        boolean x87 = name.startsWith("f");
        boolean whole = name.startsWith("fi");
        switch (bytes) {
            case 1 -> out.append('b');
            case 2 -> out.append(whole ? 's' : 'w');
            case 4 -> out.append(x87 && !whole ? 's' : 'l');
            case 8 -> out.append(x87 ? whole ? "ll" : "l" : "q");
            case 10 -> out.append('t');
            default -> {
                // Wider memory is told by the mnemonic.
            }
        }
    }

    private void operands(Instruction instruction, StringBuilder out, int start) {
        int first = X86Mnemonics.firstDisplayed(instruction, false);
        int last = X86Mnemonics.displayedOperands(instruction, false);
        if (first >= last) {
            return;
        }
        do {
            out.append(' ');
        } while (out.length() - start < options.mnemonicWidth());
        boolean immediatesLead = isEntry(instruction);
        if (instruction.rounding() != Rounding.NONE) {
            rounding(instruction, out);
            out.append(',');
        }
        for (int i = 0; i < last - first; i++) {
            if (i > 0) {
                out.append(',');
            }
            int at = immediatesLead ? first + i : last - 1 - i;
            operand(instruction, instruction.operand(at), out);
        }
    }

    /** enter and bound keep their order even here. */
    private static boolean isEntry(Instruction instruction) {
        return instruction.mnemonic().equals("enter") || instruction.mnemonic().equals("bound");
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
        boolean indirect =
                instruction.flow() == FlowKind.INDIRECT_CALL
                        || instruction.flow() == FlowKind.INDIRECT_JUMP;
        boolean starred = indirect && operand.kind() != Operand.Kind.FAR_POINTER;
        switch (operand.kind()) {
            case REGISTER -> register(instruction, operand.register(), starred, out);
            case IMMEDIATE -> {
                out.append('$');
                int bytes = operand.sizeBytes();
                long value = operand.value();
                numbers.append(bytes >= 8 ? value : value & ((1L << bytes * 8) - 1), out);
            }
            case MEMORY -> {
                out.append(starred ? "*" : "");
                memory(instruction, operand, out);
            }
            case TARGET -> address(operand.value(), out);
            case FAR_POINTER -> {
                out.append('$');
                numbers.append(operand.selector(), out);
                out.append(",$");
                numbers.append(operand.value(), out);
            }
            case CONSTANT, NAME ->
                    throw new IllegalStateException(operand.kind() + " is not of x86");
        }
        if (operand.mask().isPresent()) {
            out.append("{%").append(operand.mask().name()).append('}');
        }
        if (operand.zeroing()) {
            out.append("{z}");
        }
    }

    private static void register(
            Instruction instruction, CodeRegister register, boolean starred, StringBuilder out) {
        boolean port = register == X86Registers.PORT && isInputOutput(instruction.mnemonic());
        out.append(starred ? "*%" : port ? "(%" : "%").append(name(register));
        out.append(port ? ")" : "");
    }

    private static boolean isInputOutput(String mnemonic) {
        return switch (mnemonic) {
            case "in", "out", "ins", "outs" -> true;
            default -> false;
        };
    }

    private static String name(CodeRegister register) {
        boolean top = register.kind() == CodeRegister.Kind.X87 && register.number() == 0;
        return top ? "st" : register.name();
    }

    private void address(long va, StringBuilder out) {
        if (!options.labels().append(va, out)) {
            numbers.append(va, out);
        }
    }

    private void memory(Instruction instruction, Operand memory, StringBuilder out) {
        if (memory.segmentOverridden()) {
            out.append('%').append(memory.segment().name()).append(':');
        }
        boolean base = memory.base().isPresent();
        boolean index = memory.index().isPresent();
        long displacement = memory.displacement();
        boolean named =
                memory.isPcRelative()
                        && options.labels().append(instruction.pcRelativeTarget(memory), out);
        if (!named && (displacement != 0 || !base && !index)) {
            if (displacement < 0 && (base || index)) {
                out.append('-');
                numbers.append(-displacement, out);
            } else {
                int bytes = memory.addressBytes();
                boolean wide = bytes == 8;
                numbers.append(wide ? displacement : displacement & ((1L << bytes * 8) - 1), out);
            }
        }
        if (base || index) {
            out.append('(');
            if (base) {
                out.append('%').append(memory.base().name());
            }
            if (index) {
                out.append(",%").append(memory.index().name());
                out.append(',').append(memory.scale());
            }
            out.append(')');
        }
        if (memory.broadcast() != 0) {
            out.append("{1to").append(memory.broadcast()).append('}');
        }
    }
}
