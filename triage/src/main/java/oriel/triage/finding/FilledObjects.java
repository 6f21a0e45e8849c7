package oriel.triage.finding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Operand;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.Registers;
import oriel.triage.code.LoadOrigin;
import oriel.triage.place.FillPattern;
import oriel.triage.place.FilledMemory;
import oriel.triage.place.Places;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.PlaceKind;

/**
 * Looks whether the memory that the crash is about is filled with a pattern of freed or never
 * written memory: what the faulting instruction used, where its pointer was loaded from, and what
 * the registers point to.
 */
final class FilledObjects {
    private static final int ROW = 16;

    private final Scene scene;
    private final Memory memory;

    private FilledObjects(Scene scene) {
        this.scene = scene;
        this.memory = scene.target().memory();
    }

    /** Adds at most one finding; none when the value of the bad pointer has told already. */
    static void add(Scene scene, List<Finding> findings) {
        if (findings.stream().anyMatch(f -> isTold(f.kind()))) {
            return;
        }
        var search = new FilledObjects(scene);
        Optional<Finding> used = search.used();
        used.or(search::pointedTo).ifPresent(findings::add);
    }

    private static boolean isTold(String kind) {
        return kind.equals("use-after-free") || kind.equals("uninitialised-memory");
    }

    /** What the faulting instruction read or wrote, and where its pointers came from. */
    private Optional<Finding> used() {
        if (scene.code().isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<Long, String> object : objects().entrySet()) {
            Optional<FillPattern> fill = patternAround(object.getKey());
            if (fill.isPresent() && tells(fill.get())) {
                return Optional.of(
                        finding(fill.get(), object.getKey(), object.getValue(), Confidence.HIGH));
            }
        }
        return Optional.empty();
    }

    /** Addresses that the instruction depends on, with words for each. */
    private Map<Long, String> objects() {
        Map<Long, String> objects = new LinkedHashMap<>();
        var code = scene.code().orElseThrow();
        for (int i = 0; i < code.instruction().operandCount(); i++) {
            Operand operand = code.instruction().operand(i);
            if (operand.isMemory()) {
                OptionalLong va = code.instruction().effectiveAddress(operand, scene.registers());
                if (va.isPresent() && !operand.base().isStackPointer()) {
                    objects.putIfAbsent(va.getAsLong(), "which the instruction used");
                }
                addOrigin(objects, operand.base());
                addOrigin(objects, operand.index());
            } else if (operand.kind() == Operand.Kind.REGISTER && operand.access().reads()) {
                addOrigin(objects, operand.register());
            }
        }
        return objects;
    }

    private void addOrigin(Map<Long, String> objects, CodeRegister register) {
        LoadOrigin.of(scene.code().orElseThrow(), memory, register)
                .ifPresent(
                        load ->
                                objects.putIfAbsent(
                                        load.slotVa(),
                                        "from which "
                                                + register.name()
                                                + " was loaded ("
                                                + load.instruction()
                                                + ")"));
    }

    /** The pattern at an address or right beside it: a field may have been written since. */
    private Optional<FillPattern> patternAround(long va) {
        int width = scene.architecture().pointerSize();
        return FilledMemory.at(memory, va, scene.architecture())
                .or(() -> FilledMemory.at(memory, va + width, scene.architecture()))
                .or(() -> FilledMemory.at(memory, va - ROW, scene.architecture()));
    }

    /** Registers that point to a longer run of the pattern of freed memory. */
    private Optional<Finding> pointedTo() {
        for (Register register : Registers.of(scene.architecture())) {
            OptionalLong value = scene.registers().value(register);
            if (register.kind() != Register.Kind.GENERAL
                    || value.isEmpty()
                    || Places.isNearNull(value.getAsLong())
                    || (value.getAsLong() & 3) != 0) {
                continue;
            }
            long va = value.getAsLong();
            Optional<FillPattern> fill = FilledMemory.at(memory, va, scene.architecture());
            boolean freed =
                    fill.isPresent()
                            && fill.get().state() == FillPattern.State.FREED
                            && fill.equals(FilledMemory.at(memory, va + ROW, scene.architecture()))
                            && scene.places().at(va).kind() != PlaceKind.STACK;
            if (freed) {
                boolean isThis = isThis(register);
                return Optional.of(
                        finding(
                                fill.get(),
                                va,
                                "to which " + register.name() + " points",
                                isThis ? Confidence.MEDIUM : Confidence.LOW));
            }
        }
        return Optional.empty();
    }

    /** Whether methods find their object by this register when they are called. */
    private boolean isThis(Register register) {
        return switch (scene.architecture()) {
            case X86 -> register.name().equals("ecx");
            case X64 -> register.name().equals("rcx");
            case ARM, ARM64 -> register.name().equals("x0") || register.name().equals("r0");
        };
    }

    /** Guard bytes and markers beside an object are as they should be. */
    private static boolean tells(FillPattern fill) {
        return switch (fill.state()) {
            case FREED, UNINITIALISED_HEAP -> true;
            case UNINITIALISED_STACK, GUARD, MARKER -> false;
        };
    }

    private static Finding finding(FillPattern fill, long va, String role, Confidence confidence) {
        boolean freed = fill.state() == FillPattern.State.FREED;
        return new Finding(
                freed ? "use-after-free" : "uninitialised-memory",
                fill.isCommonText() ? Confidence.LOW : confidence,
                "the memory at "
                        + Long.toHexString(va)
                        + ", "
                        + role
                        + ", is filled with "
                        + fill.digits()
                        + " by "
                        + fill.writer()
                        + ": it is "
                        + fill.state().text());
    }
}
