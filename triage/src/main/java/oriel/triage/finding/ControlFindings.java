package oriel.triage.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.Operand;
import oriel.model.Memory;
import oriel.model.Registers;
import oriel.model.UnloadedModule;
import oriel.triage.code.FaultingCode;
import oriel.triage.place.FillPattern;
import oriel.triage.place.Places;
import oriel.triage.place.PointerText;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;

/** Whether the program counter, the stack pointer or the stack itself went astray. */
final class ControlFindings {
    private static final int SLOTS = 8;

    private ControlFindings() {}

    static void add(Scene scene, List<Finding> findings) {
        if (scene.registers().pc().isEmpty()) {
            return;
        }
        long pc = scene.registers().pc().getAsLong();
        Place place = scene.places().at(pc);
        boolean astray = programCounter(scene, place, findings);
        stackPointer(scene, findings);
        smashed(scene, astray, findings);
        misaligned(scene, findings);
        unexplained(scene, findings);
    }

    /** Reports a program counter that is not in code; whether it is not. */
    private static boolean programCounter(Scene scene, Place place, List<Finding> findings) {
        long pc = place.va();
        Optional<UnloadedModule> unloaded = scene.places().unloadedAt(pc);
        if (place.kind() != PlaceKind.IMAGE && unloaded.isPresent()) {
            long offset = pc - unloaded.get().range().start();
            findings.add(
                    new Finding(
                            "call-to-unloaded-module",
                            Confidence.HIGH,
                            "the program counter is in "
                                    + unloaded.get().name()
                                    + "+0x"
                                    + Long.toHexString(offset)
                                    + ", which had been unloaded"));
            return true;
        }
        if (Places.isNearNull(pc)) {
            findings.add(
                    new Finding(
                            "call-through-null",
                            Confidence.HIGH,
                            "a call or jump went through a null pointer or a vtable that is"
                                    + " null"));
            return true;
        }
        if (scene.places().mayHoldCode(pc) && !scene.failedFetch()) {
            return false;
        }
        findings.add(
                new Finding(
                        "wild-program-counter",
                        Confidence.HIGH,
                        "the program counter is at "
                                + Long.toHexString(pc)
                                + ", which is no code: "
                                + place.text()));
        return true;
    }

    private static void stackPointer(Scene scene, List<Finding> findings) {
        if (!scene.stackPointerAstray()) {
            return;
        }
        long sp = scene.registers().sp().orElse(0);
        Place place = scene.places().at(sp);
        findings.add(
                new Finding(
                        "stack-pivot",
                        place.kind() == PlaceKind.PRIVATE ? Confidence.HIGH : Confidence.MEDIUM,
                        "the stack pointer "
                                + Long.toHexString(sp)
                                + " is outside the thread's stack "
                                + scene.stackBounds()
                                + ": "
                                + place.text()));
    }

    /** Frame pointer or return address replaced by text or a pattern. */
    private static void smashed(Scene scene, boolean astray, List<Finding> findings) {
        if (scene.exception().code() == 0xc0000409) {
            List<Long> parameters = scene.exception().parameters();
            if (parameters.isEmpty() || parameters.get(0) == 2 || parameters.get(0) == 0) {
                findings.add(
                        new Finding(
                                "stack-smashing",
                                Confidence.CERTAIN,
                                "the stack cookie of a function was overwritten: a local buffer"
                                        + " overflowed"));
            }
            return;
        }
        OptionalLong frame = scene.registers().value(Registers.framePointer(scene.architecture()));
        boolean frameIsData = frame.isPresent() && isData(frame.getAsLong(), scene);
        int slots = textSlots(scene);
        if (astray && (frameIsData || slots >= 2) || frameIsData && slots >= 2) {
            findings.add(
                    new Finding(
                            "stack-smashing",
                            astray && slots >= 2 ? Confidence.HIGH : Confidence.MEDIUM,
                            "the stack holds text or a pattern where frame pointers and return"
                                    + " addresses should be: a local buffer overflowed"));
        }
    }

    private static boolean isData(long value, Scene scene) {
        return PointerText.of(value, scene.architecture()).isPresent()
                || FillPattern.near(value, scene.architecture()).isPresent();
    }

    /** How many of the words around the stack pointer are text or all the same byte. */
    private static int textSlots(Scene scene) {
        if (scene.registers().sp().isEmpty()) {
            return 0;
        }
        Memory memory = scene.target().memory();
        int size = scene.architecture().pointerSize();
        long sp = scene.registers().sp().getAsLong();
        int count = 0;
        for (int i = -1; i < SLOTS; i++) {
            OptionalLong word = memory.pointer(sp + (long) i * size, scene.architecture());
            if (word.isPresent() && isData(word.getAsLong(), scene)) {
                count++;
            } else if (i >= 0) {
                break;
            }
        }
        return count;
    }

    private static void misaligned(Scene scene, List<Finding> findings) {
        if (scene.access().isEmpty() || scene.code().isEmpty()) {
            return;
        }
        MemoryAccess access = scene.access().get();
        boolean wide = access.sizeBytes().orElse(0) >= 16;
        boolean unaligned = (access.place().va() & 15) != 0;
        if (access.origin() == MemoryAccess.Origin.WORKED_OUT
                && wide
                && unaligned
                && !scene.places().isNonCanonical(access.place().va())) {
            findings.add(
                    new Finding(
                            "misaligned-access",
                            Confidence.HIGH,
                            scene.code().get().instruction().mnemonic()
                                    + " needs an address that is a multiple of 16: "
                                    + Long.toHexString(access.place().va())
                                    + " is not"));
        }
    }

    /** An address that the instruction cannot have accessed with these registers. */
    private static void unexplained(Scene scene, List<Finding> findings) {
        if (scene.access().isEmpty() || scene.code().isEmpty()) {
            return;
        }
        MemoryAccess access = scene.access().get();
        boolean reported = access.origin() == MemoryAccess.Origin.REPORTED;
        boolean data =
                access.kind() == MemoryAccess.Kind.READ || access.kind() == MemoryAccess.Kind.WRITE;
        if (reported && data && access.sizeBytes().isEmpty() && isPlain(scene.code().get())) {
            findings.add(
                    new Finding(
                            "registers-do-not-explain-address",
                            Confidence.LOW,
                            "the instruction cannot have accessed "
                                    + Long.toHexString(access.place().va())
                                    + " with these registers: they were changed since, or the"
                                    + " hardware is at fault"));
        }
    }

    /** Whether the instruction has one ordinary memory operand whose address is known. */
    private static boolean isPlain(FaultingCode code) {
        Optional<Operand> operand = code.instruction().memoryOperand();
        return operand.isPresent()
                && operand.get().sizeBytes() > 0
                && code.instruction().effectiveAddress(operand.get(), code.registers()).isPresent();
    }
}
