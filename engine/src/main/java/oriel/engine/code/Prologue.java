package oriel.engine.code;

import java.util.OptionalInt;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Memory;

/** Recognises the way in which compilers begin functions. */
public final class Prologue {
    private static final int LOOKED_AT = 6;

    private Prologue() {}

    /**
     * Whether the code at an address sets up a frame: it saves registers, keeps the frame pointer,
     * or makes room on the stack, before it does anything else.
     */
    public static boolean isAt(Architecture architecture, Memory memory, long va) {
        byte[] code = memory.readUpTo(va, LOOKED_AT * Disassembler.LONGEST);
        var disassembler = Disassembler.of(architecture);
        var instruction = new Instruction();
        int at = 0;
        for (int i = 0; i < LOOKED_AT && at < code.length; i++) {
            if (!disassembler.decode(code, at, code.length, va + at, instruction)) {
                return false;
            }
            at += instruction.length();
            if (makesFrame(architecture, instruction)) {
                return true;
            }
            if (!isNeutral(instruction)) {
                return false;
            }
        }
        return false;
    }

    private static boolean makesFrame(Architecture architecture, Instruction instruction) {
        OptionalInt moved = instruction.stackDelta();
        boolean down = moved.isPresent() && moved.getAsInt() < 0;
        return switch (instruction.mnemonic()) {
            case "push" -> down && isSaved(instruction.operand(0));
            case "sub", "stp", "str", "enter" -> down;
            case "pacibsp", "paciasp" -> true;
            case "mov" ->
                    architecture == Architecture.X64
                            && instruction.operand(0).isMemory()
                            && isStack(instruction.operand(0).base());
            default -> false;
        };
    }

    /** Registers that a function keeps for its caller, or what the stack frame needs. */
    private static boolean isSaved(Operand operand) {
        return switch (operand.register().name()) {
            case "rbp", "rbx", "rsi", "rdi", "r12", "r13", "r14", "r15" -> true;
            case "ebp", "ebx", "esi", "edi" -> true;
            default -> operand.kind() == Operand.Kind.IMMEDIATE;
        };
    }

    private static boolean isStack(CodeRegister register) {
        return register.name().equals("rsp");
    }

    /** What may come before the frame: a hot-patch point, landing pads, a copy of rsp. */
    private static boolean isNeutral(Instruction instruction) {
        return switch (instruction.mnemonic()) {
            case "endbr64", "endbr32", "nop", "bti" -> true;
            case "mov" ->
                    instruction.operand(1).kind() == Operand.Kind.REGISTER
                            && (isStack(instruction.operand(1).register())
                                    || instruction
                                            .operand(0)
                                            .is(instruction.operand(1).register()));
            default -> false;
        };
    }
}
