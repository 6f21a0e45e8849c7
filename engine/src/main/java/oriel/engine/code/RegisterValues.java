package oriel.engine.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.code.CodeValue.Variable;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.Operand;
import oriel.model.Memory;

/**
 * What general registers hold along one way through a function, as far as that tells where the
 * jumps of switches lead: constants, entries of tables, and the comparison that bounds the index.
 * What it does not understand becomes unknown, never wrong; a switch without a comparison before it
 * stays unsolved. For one thread.
 */
final class RegisterValues {
    /** Cases of the largest switch that is looked into. */
    private static final long MAX_CASES = 4096;

    /** A table that chooses in a table, as compilers make them for sparse cases. */
    private static final int MAX_DEPTH = 2;

    /** Memory that was compared: unoptimised code keeps the index there. */
    private record Place(CodeRegister base, long displacement, Variable variable) {}

    private final CodeValue[] values;
    private Optional<Variable> compared = Optional.empty();
    private long comparedWith;
    private Optional<Variable> bounded = Optional.empty();
    private long cases;
    private Optional<Place> place = Optional.empty();

    RegisterValues() {
        values = new CodeValue[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = CodeValue.unknown();
        }
    }

    private RegisterValues(RegisterValues other) {
        values = other.values.clone();
        compared = other.compared;
        comparedWith = other.comparedWith;
        bounded = other.bounded;
        cases = other.cases;
        place = other.place;
    }

    /** What holds at the target of a branch; empty for those that are not of interest. */
    Optional<RegisterValues> taken(Instruction branch) {
        boolean below =
                switch (branch.mnemonic()) {
                    case "jbe", "b.ls", "jb", "b.lo" -> compared.isPresent();
                    case "jmp", "b" -> bounded.isPresent();
                    default -> false;
                };
        if (!below) {
            return Optional.empty();
        }
        var copy = new RegisterValues(this);
        switch (branch.mnemonic()) {
            case "jbe", "b.ls" -> copy.bound(comparedWith + 1);
            case "jb", "b.lo" -> copy.bound(comparedWith);
            default -> {
                // As before.
            }
        }
        return Optional.of(copy);
    }

    private void bound(long count) {
        if (compared.isPresent() && count > 0 && count <= MAX_CASES) {
            bounded = compared;
            cases = count;
        }
    }

    /** Goes over an instruction, as the one behind it sees the registers. */
    void pass(Instruction in) {
        switch (in.mnemonic()) {
            case "ja", "b.hi" -> bound(comparedWith + 1);
            case "jae", "b.hs" -> bound(comparedWith);
            case "cmp" -> compare(in.operand(0), in.operand(1));
            case "sub", "subs" -> subtract(in);
            case "mov", "str" -> move(in);
            case "movzx", "ldr", "ldrb", "ldrh" -> set(in, read(in, in.operand(1), false));
            case "movsx", "movsxd", "ldrsw", "ldrsb", "ldrsh" ->
                    set(in, read(in, in.operand(1), true).signExtended());
            case "lea", "adr", "adrp" -> set(in, address(in, in.operand(1)));
            case "add" -> add(in);
            case "cdqe" -> values[0] = values[0].signExtended();
            case "shl", "sal" -> {
                Operand count = in.operand(1);
                boolean known = count.kind() == Operand.Kind.IMMEDIATE;
                CodeValue old = read(in, in.operand(0), false);
                set(in, known ? old.times(1L << count.value()) : CodeValue.unknown());
            }
            default -> forget(in);
        }
    }

    private void compare(Operand left, Operand right) {
        compared = Optional.empty();
        if (right.kind() != Operand.Kind.IMMEDIATE) {
            return;
        }
        comparedWith = right.value();
        if (left.isMemory()) {
            var variable = new Variable();
            compared = Optional.of(variable);
            place = Optional.of(new Place(left.base(), left.displacement(), variable));
        } else if (isTracked(left.register())) {
            CodeValue old = values[left.register().number()];
            if (old.term() instanceof Variable variable && isPlain(old)) {
                compared = Optional.of(variable);
                return;
            }
            // from here on only the compared number matters, in this register and in copies
            var variable = new Variable();
            for (int i = 0; i < values.length; i++) {
                if (values[i] == old) {
                    values[i] = new CodeValue(0, variable, 1);
                }
            }
            compared = Optional.of(variable);
        }
    }

    /** Unoptimised code subtracts where a comparison would do, and looks at the carry. */
    private void subtract(Instruction in) {
        int last = in.operandCount() - 1;
        compare(in.operand(last - 1), in.operand(last));
        Optional<Variable> minuend = compared;
        forget(in);
        compared = in.flagsWritten() == 0 ? Optional.empty() : minuend;
    }

    private void move(Instruction in) {
        boolean arm = in.mnemonic().equals("str");
        Operand to = in.operand(arm ? 1 : 0);
        Operand from = in.operand(arm ? 0 : 1);
        if (!to.isMemory()) {
            set(in, read(in, from, false));
        } else if (isTracked(from.register())
                && !to.index().isPresent()
                && values[from.register().number()].term() instanceof Variable variable
                && isPlain(values[from.register().number()])) {
            place = Optional.of(new Place(to.base(), to.displacement(), variable));
        } else if (isAt(to)) {
            place = Optional.empty();
        }
    }

    private boolean isAt(Operand memory) {
        return place.isPresent()
                && !memory.index().isPresent()
                && place.get().base() == memory.base()
                && place.get().displacement() == memory.displacement();
    }

    private static boolean isPlain(CodeValue value) {
        return value.constant() == 0 && value.multiplier() == 1;
    }

    private static boolean isTracked(CodeRegister register) {
        return register.kind() == CodeRegister.Kind.GENERAL && register.shift() == 0;
    }

    private void add(Instruction in) {
        int last = in.operandCount() - 1;
        Operand addend = in.operand(last);
        boolean shifted = !addend.shift().isEmpty();
        CodeValue right = read(in, addend, false);
        if (shifted) {
            right = right.times(1L << addend.shiftAmount());
        }
        set(in, read(in, in.operand(last - 1), false).plus(right));
        compared = Optional.empty();
    }

    private CodeValue read(Instruction in, Operand from, boolean signed) {
        return switch (from.kind()) {
            case IMMEDIATE -> CodeValue.of(from.value());
            case REGISTER -> value(from);
            case MEMORY -> load(in, from, signed);
            case TARGET, FAR_POINTER, CONSTANT, NAME -> CodeValue.unknown();
        };
    }

    private CodeValue value(Operand operand) {
        return isTracked(operand.register())
                ? values[operand.register().number()]
                : CodeValue.unknown();
    }

    private CodeValue load(Instruction in, Operand from, boolean signed) {
        if (isAt(from)) {
            return new CodeValue(0, place.get().variable(), 1);
        }
        CodeValue address = address(in, from);
        return address.depth() < MAX_DEPTH
                ? address.loaded(from.sizeBytes(), signed)
                : CodeValue.unknown();
    }

    private CodeValue address(Instruction in, Operand memory) {
        OptionalLong fixed = in.pcRelativeTarget();
        if (fixed.isPresent()) {
            return CodeValue.of(fixed.getAsLong());
        }
        if (!memory.isMemory()) {
            return CodeValue.unknown();
        }
        CodeValue sum = CodeValue.of(memory.displacement());
        if (memory.base().isPresent()) {
            sum = sum.plus(values[memory.base().number()]);
        }
        if (memory.index().kind() == CodeRegister.Kind.GENERAL) {
            sum = sum.plus(values[memory.index().number()].times(memory.scale()));
        }
        return sum;
    }

    private void set(Instruction in, CodeValue value) {
        Operand to = in.operand(0);
        boolean whole = to.register().bits() >= 32;
        forget(in);
        if (to.kind() == Operand.Kind.REGISTER
                && to.register().kind() == CodeRegister.Kind.GENERAL
                && whole) {
            values[to.register().number()] = value;
        }
    }

    /** Whatever an instruction writes is unknown afterwards. */
    private void forget(Instruction in) {
        for (int i = 0; i < in.operandCount(); i++) {
            if (in.operand(i).access().writes()) {
                forget(in.operand(i).register());
            }
        }
        for (int i = 0; i < in.implicitWriteCount(); i++) {
            forget(in.implicitWrite(i));
        }
        if (in.flagsWritten() != 0) {
            compared = Optional.empty();
        }
        if (in.flow().isCall()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = CodeValue.unknown();
            }
        }
    }

    private void forget(CodeRegister register) {
        if (register.kind() == CodeRegister.Kind.GENERAL) {
            values[register.number() - register.shift() / 2] = CodeValue.unknown();
        }
    }

    /**
     * Where an indirect jump leads, in the order of the cases, each target as often as it comes;
     * empty when the way to it does not tell.
     */
    List<Long> targets(Instruction jump, Memory memory) {
        CodeValue to = read(jump, jump.operand(0), false);
        var targets = new ArrayList<Long>();
        if (bounded.isEmpty() || to.depth() == 0) {
            return targets;
        }
        for (long i = 0; i < cases; i++) {
            OptionalLong target = to.at(bounded.get(), i, memory);
            if (target.isEmpty()) {
                break;
            }
            targets.add(target.getAsLong());
        }
        return targets;
    }
}
