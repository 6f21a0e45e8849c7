package oriel.triage.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.engine.code.PrecedingCode;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;

/**
 * Where a register got its value: the instruction before the faulting one that loaded it from
 * memory, and the address it read, when the registers of that address have not changed since.
 *
 * @param slotVa the address that was read
 * @param instruction text of the load
 */
public record LoadOrigin(long slotVa, String instruction) {
    private static final int LOOK_BACK = 12;

    /**
     * The load; empty when there is none near, when a call or jump lies between, or when the
     * address cannot be told any more.
     *
     * @param register of the value, as the faulting instruction names it
     */
    public static Optional<LoadOrigin> of(FaultingCode code, Memory memory, CodeRegister register) {
        Architecture architecture = code.registers().architecture();
        Optional<Register> wanted = register.in(architecture);
        if (wanted.isEmpty() || register.kind() != CodeRegister.Kind.GENERAL) {
            return Optional.empty();
        }
        long pc = code.instruction().va();
        Set<Register> changed = new HashSet<>();
        List<Instruction> before = decode(architecture, memory, pc);
        for (int i = before.size() - 1; i >= 0; i--) {
            Instruction at = before.get(i);
            if (at.flow().isCall() || at.flow().endsBlock()) {
                return Optional.empty();
            }
            addWritten(at, architecture, changed);
            if (changed.contains(wanted.get())) {
                return load(at, wanted.get(), changed, code);
            }
        }
        return Optional.empty();
    }

    private static List<Instruction> decode(Architecture architecture, Memory memory, long pc) {
        var disassembler = Disassembler.of(architecture);
        var decoded = new ArrayList<Instruction>();
        for (long va : PrecedingCode.starts(architecture, memory, pc, LOOK_BACK)) {
            byte[] bytes = memory.readUpTo(va, (int) Math.min(pc - va, Disassembler.LONGEST));
            var instruction = new Instruction();
            if (!disassembler.decode(bytes, 0, bytes.length, va, instruction)) {
                return List.of();
            }
            decoded.add(instruction);
        }
        return decoded;
    }

    private static Optional<LoadOrigin> load(
            Instruction at, Register wanted, Set<Register> changed, FaultingCode code) {
        RegisterSet registers = code.registers();
        Architecture architecture = registers.architecture();
        String name = at.mnemonic();
        boolean moves = name.equals("mov") || name.equals("ldr") || name.equals("ldur");
        if (!moves || at.operandCount() != 2 || !at.operand(1).isMemory()) {
            return Optional.empty();
        }
        Operand slot = at.operand(1);
        boolean whole =
                at.operand(0).register().in(architecture).equals(Optional.of(wanted))
                        && slot.sizeBytes() == architecture.pointerSize();
        if (!whole
                || isChanged(slot.base(), architecture, changed)
                || isChanged(slot.index(), architecture, changed)) {
            return Optional.empty();
        }
        OptionalLong va = at.effectiveAddress(slot, registers);
        return va.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LoadOrigin(
                                va.getAsLong() & architecture.addressMask(),
                                InstructionFormatter.of(architecture, FormatOptions.WINDBG)
                                        .format(at)));
    }

    private static boolean isChanged(
            CodeRegister register, Architecture architecture, Set<Register> changed) {
        return register.in(architecture).map(changed::contains).orElse(false);
    }

    private static void addWritten(
            Instruction at, Architecture architecture, Set<Register> changed) {
        for (int i = 0; i < at.operandCount(); i++) {
            Operand operand = at.operand(i);
            if (operand.kind() == Operand.Kind.REGISTER && operand.access().writes()) {
                operand.register().in(architecture).ifPresent(changed::add);
            } else if (operand.isMemory() && operand.indexing() != Operand.Indexing.OFFSET) {
                operand.base().in(architecture).ifPresent(changed::add);
            }
        }
        for (int i = 0; i < at.implicitWriteCount(); i++) {
            at.implicitWrite(i).in(architecture).ifPresent(changed::add);
        }
    }
}
