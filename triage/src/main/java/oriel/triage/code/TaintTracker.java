package oriel.triage.code;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.engine.disasm.Operand;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Follows the value of a failed read through the instructions that would have run next and tells
 * the worst it would have been used for: who controls what is read controls that. Straight-line
 * code and direct jumps only; conditional branches are taken as not taken. Stops at a call, a
 * return, an unknown branch, or when nothing tainted is left.
 */
public final class TaintTracker {
    private static final int MAX_INSTRUCTIONS = 40;
    private static final int WINDOW = 256;

    private final Memory memory;
    private final Architecture architecture;
    private final TaintedState state;
    private final Disassembler disassembler;
    private final Instruction at = new Instruction();
    private Optional<TaintUse> worst = Optional.empty();
    private boolean pushed;
    private byte[] window = {};
    private long windowVa;

    private TaintTracker(Memory memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
        this.state = new TaintedState(architecture);
        this.disassembler = Disassembler.of(architecture);
    }

    /** The worst use of the value that the faulting instruction failed to read. */
    public static Optional<TaintUse> follow(FaultingCode code, Memory memory) {
        var tracker = new TaintTracker(memory, code.registers().architecture());
        tracker.taintResults(code.instruction());
        tracker.run(code.instruction());
        return tracker.worst;
    }

    /** Everything that the faulting instruction would have made of the value read. */
    private void taintResults(Instruction faulting) {
        for (int i = 0; i < faulting.operandCount(); i++) {
            Operand operand = faulting.operand(i);
            boolean register = operand.kind() == Operand.Kind.REGISTER;
            if (register && operand.access().writes()) {
                state.write(operand, true);
            }
        }
        if (faulting.mnemonic().startsWith("lods")
                || faulting.mnemonic().startsWith("mul")
                || faulting.mnemonic().startsWith("div")
                || faulting.mnemonic().startsWith("imul")
                || faulting.mnemonic().startsWith("idiv")) {
            for (int i = 0; i < faulting.implicitWriteCount(); i++) {
                state.write(faulting.implicitWrite(i), true);
            }
        }
        state.setFlags(faulting.flagsWritten() != 0);
        if (faulting.mnemonic().equals("push")) {
            pushed = true;
        }
    }

    private void run(Instruction faulting) {
        long va = faulting.nextVa();
        for (int i = 0; i < MAX_INSTRUCTIONS && (!state.isEmpty() || pushed); i++) {
            if (!decode(va) || !step()) {
                return;
            }
            OptionalLong jump =
                    at.flow() == FlowKind.JUMP ? at.branchTarget() : OptionalLong.of(at.nextVa());
            if (jump.isEmpty()) {
                return;
            }
            va = jump.getAsLong();
        }
    }

    private boolean decode(long va) {
        int offset = (int) (va - windowVa);
        boolean inside = va - windowVa >= 0 && va - windowVa < window.length;
        if (!inside || window.length - offset < Disassembler.LONGEST) {
            window = memory.readUpTo(va, WINDOW);
            windowVa = va;
            offset = 0;
        }
        return window.length > 0 && disassembler.decode(window, offset, window.length, va, at);
    }

    /**
     * Notes how the instruction uses tainted values and what it taints.
     *
     * @return whether to go on
     */
    private boolean step() {
        switch (at.flow()) {
            case INDIRECT_CALL, INDIRECT_JUMP -> {
                if (at.operandCount() > 0 && state.reads(at.operand(0))) {
                    use(TaintUse.Kind.CODE_FLOW);
                } else if (argumentsTainted()) {
                    use(TaintUse.Kind.ARGUMENT);
                }
                return false;
            }
            case CALL -> {
                if (argumentsTainted()) {
                    use(TaintUse.Kind.ARGUMENT);
                }
                return false;
            }
            case RETURN -> {
                if (state.has(returnRegister())) {
                    use(TaintUse.Kind.RETURNED);
                }
                return false;
            }
            case UNDEFINED, INTERRUPT -> {
                return false;
            }
            case CONDITIONAL -> {
                if (conditionTainted()) {
                    use(TaintUse.Kind.BRANCH);
                }
                return true;
            }
            case JUMP -> {
                return true;
            }
            case NEXT -> {
                flow();
                return true;
            }
        }
        return true;
    }

    private boolean conditionTainted() {
        if (at.flagsRead() != 0 && state.flags()) {
            return true;
        }
        for (int i = 0; i < at.operandCount(); i++) {
            if (at.operand(i).access().reads() && state.reads(at.operand(i))) {
                return true;
            }
        }
        return false;
    }

    private void flow() {
        boolean sourceTainted = false;
        boolean zeroing = isZeroing();
        for (int i = 0; i < at.operandCount(); i++) {
            Operand operand = at.operand(i);
            if (operand.isMemory() && operand.access().writes() && state.addresses(operand)) {
                use(isBlockWrite() ? TaintUse.Kind.BLOCK_WRITE : TaintUse.Kind.WRITE_ADDRESS);
            }
            boolean address = operand.isMemory() && operand.access() == Operand.Access.NONE;
            boolean tainted =
                    address
                            ? state.addresses(operand)
                            : operand.access().reads() && state.reads(operand);
            sourceTainted |= tainted && !zeroing;
        }
        for (int i = 0; i < at.implicitReadCount(); i++) {
            sourceTainted |= state.has(at.implicitRead(i)) && !isStackMove();
        }
        if (isBlockWrite() && (state.has("rcx") || state.has("ecx")) && at.has(Instruction.REP)) {
            use(TaintUse.Kind.BLOCK_WRITE);
        }
        if (at.mnemonic().equals("push")) {
            pushed |= sourceTainted;
            return;
        }
        if (at.mnemonic().equals("xchg") && at.operandCount() == 2) {
            exchange(state.reads(at.operand(0)), state.reads(at.operand(1)));
            return;
        }
        for (int i = 0; i < at.operandCount(); i++) {
            if (at.operand(i).access().writes()) {
                state.write(at.operand(i), sourceTainted);
            }
        }
        if (!isBlockWrite() && !isStackMove()) {
            for (int i = 0; i < at.implicitWriteCount(); i++) {
                state.write(at.implicitWrite(i), sourceTainted);
            }
        }
        if (at.flagsWritten() != 0) {
            state.setFlags(sourceTainted);
        }
    }

    private void exchange(boolean first, boolean second) {
        state.write(at.operand(0), second);
        state.write(at.operand(1), first);
    }

    /** {@code xor eax,eax} and {@code sub eax,eax} give zero whatever eax was. */
    private boolean isZeroing() {
        String name = at.mnemonic();
        boolean cancels = name.equals("xor") || name.equals("sub") || name.endsWith("xor");
        if (!cancels || at.operandCount() < 2) {
            return false;
        }
        Operand last = at.operand(at.operandCount() - 1);
        Operand before = at.operand(at.operandCount() - 2);
        return last.kind() == Operand.Kind.REGISTER && before.is(last.register());
    }

    private boolean isBlockWrite() {
        String name = at.mnemonic();
        return architecture.isIntel()
                && (name.startsWith("stos") || name.startsWith("movs"))
                && at.operandCount() > 0
                && at.operand(0).isMemory()
                && at.operand(0).access().writes()
                && at.operand(0).base().name().endsWith("di");
    }

    /** push, pop, leave and the like, which read and write the stack pointer only to move it. */
    private boolean isStackMove() {
        String name = at.mnemonic();
        return name.startsWith("push") || name.startsWith("pop") || name.equals("leave");
    }

    private boolean argumentsTainted() {
        return switch (architecture) {
            case X86 -> pushed || state.has("ecx") || state.has("edx");
            case X64 -> state.has("rcx") || state.has("rdx") || state.has("r8") || state.has("r9");
            case ARM64 -> state.has("x0") || state.has("x1") || state.has("x2") || state.has("x3");
            case ARM -> state.has("r0") || state.has("r1");
        };
    }

    private String returnRegister() {
        return switch (architecture) {
            case X86 -> "eax";
            case X64 -> "rax";
            case ARM64 -> "x0";
            case ARM -> "r0";
        };
    }

    private void use(TaintUse.Kind kind) {
        if (worst.isEmpty() || kind.compareTo(worst.get().kind()) < 0) {
            String text = InstructionFormatter.of(architecture, FormatOptions.WINDBG).format(at);
            worst = Optional.of(new TaintUse(kind, at.va(), text));
        }
    }
}
