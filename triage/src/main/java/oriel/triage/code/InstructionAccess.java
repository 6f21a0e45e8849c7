package oriel.triage.code;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.triage.report.MemoryAccess.Kind;

/**
 * One memory access of an instruction.
 *
 * @param kind what is done; EXECUTE for the target of a jump, call or return
 * @param va where
 * @param sizeBytes how much; 0 when the instruction does not fix it
 * @param operandIndex which operand; -1 for the stack and for branch targets
 */
record InstructionAccess(Kind kind, long va, int sizeBytes, int operandIndex) {
    /** Largest area that one instruction touches without saying its size: an XSAVE area. */
    private static final int UNSIZED = 0x2000;

    /** Whether an address belongs to this access. */
    boolean covers(long address, long addressMask) {
        long distance = address - va & addressMask;
        return distance < (sizeBytes == 0 ? UNSIZED : sizeBytes);
    }

    /**
     * Everything an instruction accesses, in the order in which a processor would: reads, the
     * branch target, writes. What depends on unknown registers is left out.
     */
    static List<InstructionAccess> of(FaultingCode code, Memory memory) {
        Instruction instruction = code.instruction();
        RegisterSet registers = code.registers();
        var all = new ArrayList<InstructionAccess>();
        for (int i = 0; i < instruction.operandCount(); i++) {
            addOperand(all, code, i, true);
        }
        addStackRead(all, instruction, registers);
        addTarget(all, code, memory);
        for (int i = 0; i < instruction.operandCount(); i++) {
            addOperand(all, code, i, false);
        }
        addStackWrite(all, instruction, registers);
        return all;
    }

    /** The address of a memory operand, fs and gs resolved through the thread's TEB. */
    static OptionalLong address(FaultingCode code, Operand operand) {
        String segment = operand.segment().name();
        boolean teb = segment.equals(code.registers().architecture().is64Bit() ? "gs" : "fs");
        if (teb && code.tebVa() != 0) {
            return code.instruction().effectiveAddress(operand, code.registers(), code.tebVa());
        }
        return code.instruction().effectiveAddress(operand, code.registers());
    }

    private static void addOperand(
            List<InstructionAccess> all, FaultingCode code, int index, boolean reads) {
        Operand operand = code.instruction().operand(index);
        boolean wanted =
                reads ? operand.access().reads() : operand.access() == Operand.Access.WRITE;
        if (!operand.isMemory() || !wanted) {
            return;
        }
        OptionalLong va = address(code, operand);
        if (va.isEmpty()) {
            return;
        }
        // A read-modify-write faults as a write when the page can be read, and Windows says so.
        all.add(
                new InstructionAccess(
                        operand.access().writes() ? Kind.WRITE : Kind.READ,
                        va.getAsLong(),
                        operand.sizeBytes(),
                        index));
    }

    private static void addStackRead(
            List<InstructionAccess> all, Instruction instruction, RegisterSet registers) {
        OptionalInt delta = instruction.stackDelta();
        boolean pops = delta.isPresent() && delta.getAsInt() > 0 && usesStack(instruction);
        if (pops && registers.sp().isPresent()) {
            int size = Math.min(delta.getAsInt(), registers.architecture().pointerSize());
            all.add(new InstructionAccess(Kind.READ, registers.sp().getAsLong(), size, -1));
        }
    }

    private static void addStackWrite(
            List<InstructionAccess> all, Instruction instruction, RegisterSet registers) {
        OptionalInt delta = instruction.stackDelta();
        boolean pushes = delta.isPresent() && delta.getAsInt() < 0 && usesStack(instruction);
        if (pushes && registers.sp().isPresent()) {
            long va = registers.sp().getAsLong() + delta.getAsInt();
            va &= registers.architecture().addressMask();
            all.add(new InstructionAccess(Kind.WRITE, va, -delta.getAsInt(), -1));
        }
    }

    /** Whether the stack pointer moves because memory is used, unlike {@code sub rsp,28h}. */
    private static boolean usesStack(Instruction instruction) {
        for (int i = 0; i < instruction.operandCount(); i++) {
            Operand operand = instruction.operand(i);
            boolean writesRegister =
                    operand.kind() == Operand.Kind.REGISTER && operand.access().writes();
            if (writesRegister && isStackPointer(operand.register())) {
                return false;
            }
        }
        return instruction.flow() == FlowKind.CALL
                || instruction.flow() == FlowKind.INDIRECT_CALL
                || instruction.flow() == FlowKind.RETURN
                || instruction.mnemonic().startsWith("push")
                || instruction.mnemonic().startsWith("pop");
    }

    private static boolean isStackPointer(CodeRegister register) {
        return register.name().equals("rsp") || register.name().equals("esp");
    }

    /**
     * Where an indirect branch or a return goes: when that is no possible address the processor
     * raises the fault at the branch itself.
     */
    private static void addTarget(List<InstructionAccess> all, FaultingCode code, Memory memory) {
        Instruction instruction = code.instruction();
        RegisterSet registers = code.registers();
        OptionalLong target = OptionalLong.empty();
        if (instruction.flow() == FlowKind.RETURN && registers.sp().isPresent()) {
            if (registers.architecture().isIntel()) {
                target = memory.pointer(registers.sp().getAsLong(), registers.architecture());
            }
        } else if (isIndirect(instruction) && instruction.operandCount() > 0) {
            Operand operand = instruction.operand(0);
            if (operand.isMemory()) {
                OptionalLong at = address(code, operand);
                if (at.isPresent()) {
                    target = memory.pointer(at.getAsLong(), registers.architecture());
                }
            } else {
                target = operand.value(registers);
            }
        }
        if (target.isPresent()) {
            all.add(new InstructionAccess(Kind.EXECUTE, target.getAsLong(), 1, -1));
        }
    }

    private static boolean isIndirect(Instruction instruction) {
        return instruction.flow() == FlowKind.INDIRECT_CALL
                || instruction.flow() == FlowKind.INDIRECT_JUMP;
    }
}
