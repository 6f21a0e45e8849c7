package oriel.triage.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Register;

/**
 * Which registers, flags and stack slots hold a value that came from the bad read. Parts of a
 * register count as the register, except that writing a part does not clean the rest.
 */
final class TaintedState {
    private final Architecture architecture;
    private final BitSet registers = new BitSet();
    private final List<Slot> slots = new ArrayList<>();
    private boolean flags;

    /** A place in memory as an instruction names it. */
    private record Slot(CodeRegister base, CodeRegister index, int scale, long displacement) {
        static Slot of(Operand memory) {
            return new Slot(memory.base(), memory.index(), memory.scale(), memory.displacement());
        }
    }

    TaintedState(Architecture architecture) {
        this.architecture = architecture;
    }

    /** Whether anything is tainted. */
    boolean isEmpty() {
        return registers.isEmpty() && slots.isEmpty() && !flags;
    }

    boolean has(CodeRegister register) {
        Optional<Register> full = register.in(architecture);
        return full.isPresent() && registers.get(full.get().index());
    }

    boolean has(String register) {
        return oriel.model.Registers.named(architecture, register)
                .map(r -> registers.get(r.index()))
                .orElse(false);
    }

    boolean flags() {
        return flags;
    }

    void setFlags(boolean tainted) {
        flags = tainted;
    }

    /** Whether the address of a memory operand depends on a tainted register. */
    boolean addresses(Operand memory) {
        return has(memory.base()) || has(memory.index());
    }

    /** Whether reading an operand yields a tainted value. */
    boolean reads(Operand operand) {
        return switch (operand.kind()) {
            case REGISTER -> has(operand.register());
            case MEMORY -> addresses(operand) || slots.contains(Slot.of(operand));
            case IMMEDIATE, TARGET, FAR_POINTER, CONSTANT, NAME -> false;
        };
    }

    /** Notes what an operand holds after it was written. */
    void write(Operand operand, boolean tainted) {
        if (operand.kind() == Operand.Kind.REGISTER) {
            write(operand.register(), tainted);
        } else if (operand.isMemory()) {
            Slot slot = Slot.of(operand);
            slots.remove(slot);
            if (tainted) {
                slots.add(slot);
            }
        }
    }

    void write(CodeRegister register, boolean tainted) {
        Optional<Register> full = register.in(architecture);
        if (full.isEmpty()) {
            return;
        }
        // A 32-bit write clears the upper half on x64; narrower ones keep the rest.
        boolean whole = register.bits() >= 32 || register.bits() >= full.get().bits();
        if (tainted) {
            registers.set(full.get().index());
        } else if (whole) {
            registers.clear(full.get().index());
        }
        slots.removeIf(s -> sameFull(s.base, full.get()) || sameFull(s.index, full.get()));
    }

    private boolean sameFull(CodeRegister register, Register full) {
        return register.isPresent() && register.in(architecture).filter(full::equals).isPresent();
    }
}
