package oriel.triage.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Operand;
import oriel.model.Register;
import oriel.triage.code.FaultingCode;
import oriel.triage.report.Place;

/**
 * The values that a bad address was made from: the address itself, and base and index of the
 * operands that used it. The address alone hides what a field offset was added to.
 *
 * @param value one of them
 * @param name of its register; empty for the address itself
 */
public record BadPointer(long value, String name) {
    /** {@code rcx (fefefefefefefefe)}, or the address. */
    String shown() {
        String hex = Long.toHexString(value);
        return name.isEmpty() ? "the address " + hex : name + " (" + hex + ")";
    }

    /** The candidates of a crash, registers first; empty when no wild address was accessed. */
    public static List<BadPointer> of(Scene scene) {
        Optional<Place> wild = scene.wildPlace();
        if (wild.isEmpty()) {
            return List.of();
        }
        long va = wild.get().va();
        var pointers = new ArrayList<BadPointer>();
        if (scene.code().isPresent()) {
            FaultingCode code = scene.code().get();
            for (int i = 0; i < code.instruction().operandCount(); i++) {
                Operand operand = code.instruction().operand(i);
                if (operand.isMemory()) {
                    add(pointers, operand.base(), scene, va);
                    add(pointers, operand.index(), scene, va);
                }
            }
        }
        pointers.add(new BadPointer(va, ""));
        return pointers;
    }

    /** A register counts when it is about as large as the address; an index is not. */
    private static void add(
            List<BadPointer> pointers, CodeRegister register, Scene scene, long va) {
        Optional<Register> full = register.in(scene.architecture());
        OptionalLong value =
                full.isPresent() ? scene.registers().value(full.get()) : OptionalLong.empty();
        if (value.isPresent() && register.kind() == CodeRegister.Kind.GENERAL) {
            long distance = va - value.getAsLong();
            if (Math.abs(distance) < 0x100000) {
                pointers.add(new BadPointer(value.getAsLong(), full.get().name()));
            }
        }
    }
}
