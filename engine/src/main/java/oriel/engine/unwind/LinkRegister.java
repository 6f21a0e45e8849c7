package oriel.engine.unwind;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/** The return address that ARM and ARM64 keep in a register until a function saves it. */
final class LinkRegister {
    /** A link register that points so near before or behind pc is left from an earlier call. */
    private static final long SAME_FUNCTION = 2048;

    private static final Register ARM_LR = Registers.require(Architecture.ARM, "lr");
    private static final Register ARM64_LR = Registers.require(Architecture.ARM64, "lr");

    private LinkRegister() {}

    /** A return address without the signature of ARM64 and the Thumb bit of ARM. */
    static long clean(Architecture architecture, long value) {
        return switch (architecture) {
            case X86, X64 -> value;
            case ARM -> value & ~1L;
            case ARM64 -> Arm64State.strip(value);
        };
    }

    /** The caller of a function that has saved nothing yet. */
    static Optional<Step> callerOf(Frame frame) {
        OptionalLong link = value(frame);
        if (link.isEmpty()) {
            return Optional.empty();
        }
        Architecture architecture = frame.architecture();
        RegisterSet.Builder caller = RegisterSet.builder(architecture);
        boolean wide = architecture == Architecture.ARM64;
        int first = wide ? 19 : 4;
        int last = wide ? 28 : 10;
        for (int i = first; i <= last; i++) {
            keep(frame, Registers.require(architecture, (wide ? "x" : "r") + i), caller);
        }
        keep(frame, Registers.framePointer(architecture), caller);
        caller.set(Registers.programCounter(architecture), link.getAsLong());
        caller.set(Registers.stackPointer(architecture), frame.sp());
        return Optional.of(Step.call(caller.build(), FrameTrust.LEAF));
    }

    /** Whether the register seems to be left from a call that the function made itself. */
    static boolean isStale(Frame frame) {
        OptionalLong link = value(frame);
        return link.isEmpty() || Math.abs(link.getAsLong() - frame.pc()) < SAME_FUNCTION;
    }

    private static void keep(Frame frame, Register register, RegisterSet.Builder caller) {
        frame.registers().value(register).ifPresent(v -> caller.set(register, v));
    }

    private static OptionalLong value(Frame frame) {
        Architecture architecture = frame.architecture();
        if (architecture.isIntel()) {
            return OptionalLong.empty();
        }
        OptionalLong raw =
                frame.registers().value(architecture == Architecture.ARM ? ARM_LR : ARM64_LR);
        return raw.isPresent()
                ? OptionalLong.of(clean(architecture, raw.getAsLong()))
                : OptionalLong.empty();
    }
}
