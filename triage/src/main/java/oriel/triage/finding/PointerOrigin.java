package oriel.triage.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.CodeRegister;
import oriel.engine.disasm.Operand;
import oriel.model.AddressRange;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.Registers;
import oriel.triage.code.FaultingCode;
import oriel.triage.code.LoadOrigin;
import oriel.triage.place.Places;
import oriel.triage.place.PointerText;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.Place;

/**
 * Looks for the place from which a bad pointer was loaded: the same value in memory near the stack
 * pointer or near what the other registers point to. If its neighbours are text, it was overwritten
 * with them.
 */
final class PointerOrigin {
    private static final int STACK_BYTES = 512;
    private static final int OBJECT_BYTES = 128;

    private PointerOrigin() {}

    static void add(Scene scene, List<Finding> findings) {
        List<BadPointer> pointers = BadPointer.of(scene);
        if (pointers.isEmpty() || loaded(scene, findings)) {
            return;
        }
        for (AddressRange window : windows(scene)) {
            for (BadPointer pointer : pointers) {
                OptionalLong at = search(scene, window, pointer.value());
                if (at.isPresent()) {
                    findings.add(finding(scene, pointer, at.getAsLong()));
                    return;
                }
            }
        }
    }

    /** The code before the crash tells where the pointer came from, when it was loaded just now. */
    private static boolean loaded(Scene scene, List<Finding> findings) {
        if (scene.code().isEmpty()) {
            return false;
        }
        FaultingCode code = scene.code().get();
        Memory memory = scene.target().memory();
        for (int i = 0; i < code.instruction().operandCount(); i++) {
            Operand operand = code.instruction().operand(i);
            CodeRegister register = operand.isMemory() ? operand.base() : operand.register();
            OptionalLong value = register.value(scene.registers());
            Optional<LoadOrigin> load = LoadOrigin.of(code, memory, register);
            if (load.isEmpty() || value.isEmpty() || register.isStackPointer()) {
                continue;
            }
            long slot = load.get().slotVa();
            OptionalLong there = memory.pointer(slot, scene.architecture());
            if (there.isPresent() && there.getAsLong() != value.getAsLong()) {
                continue;
            }
            int size = scene.architecture().pointerSize();
            boolean text = isText(memory, slot - size, scene) || isText(memory, slot + size, scene);
            findings.add(
                    new Finding(
                            "pointer-origin",
                            text ? Confidence.HIGH : Confidence.MEDIUM,
                            register.name()
                                    + " ("
                                    + Long.toHexString(value.getAsLong())
                                    + ") was loaded from "
                                    + Long.toHexString(slot)
                                    + " ("
                                    + scene.places().at(slot).text()
                                    + ") by \""
                                    + load.get().instruction()
                                    + "\""
                                    + (text ? ", amid text: it was overwritten there" : "")));
            return true;
        }
        return false;
    }

    private static List<AddressRange> windows(Scene scene) {
        var windows = new ArrayList<AddressRange>();
        for (Register register : Registers.of(scene.architecture())) {
            OptionalLong value = scene.registers().value(register);
            if (register.kind() != Register.Kind.GENERAL || value.isEmpty()) {
                continue;
            }
            long va = value.getAsLong();
            boolean stack = register.equals(Registers.stackPointer(scene.architecture()));
            if (!Places.isNearNull(va) && (va & scene.architecture().pointerSize() - 1) == 0) {
                windows.add(new AddressRange(va, stack ? STACK_BYTES : OBJECT_BYTES));
            }
        }
        return windows;
    }

    private static OptionalLong search(Scene scene, AddressRange window, long value) {
        byte[] bytes = scene.target().memory().readUpTo(window.start(), (int) window.sizeBytes());
        int size = scene.architecture().pointerSize();
        for (int at = 0; at + size <= bytes.length; at += size) {
            int i = 0;
            while (i < size && bytes[at + i] == (byte) (value >>> i * 8)) {
                i++;
            }
            if (i == size) {
                return OptionalLong.of(window.start() + at);
            }
        }
        return OptionalLong.empty();
    }

    private static Finding finding(Scene scene, BadPointer pointer, long va) {
        Memory memory = scene.target().memory();
        int size = scene.architecture().pointerSize();
        boolean text = isText(memory, va - size, scene) || isText(memory, va + size, scene);
        Place place = scene.places().at(va);
        return new Finding(
                "pointer-origin",
                text ? Confidence.MEDIUM : Confidence.LOW,
                pointer.shown()
                        + " also lies at "
                        + Long.toHexString(va)
                        + " ("
                        + place.text()
                        + ")"
                        + (text ? ", amid text: it was overwritten there" : ""));
    }

    private static boolean isText(Memory memory, long va, Scene scene) {
        OptionalLong word = memory.pointer(va, scene.architecture());
        return word.isPresent()
                && PointerText.of(word.getAsLong(), scene.architecture()).isPresent();
    }
}
