package oriel.engine.unwind;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackFrame;
import oriel.model.Target;

/** The chain of frame pointers: the saved one at its address, the return address right above. */
final class FramePointerChain {
    private final Target target;

    FramePointerChain(Target target) {
        this.target = target;
    }

    /** The caller by the frame pointer, or empty when it does not point to a plausible frame. */
    Optional<UnwindSource.Caller> callerOf(StackFrame frame) {
        Architecture architecture = frame.registers().architecture();
        Register pointer = Registers.framePointer(architecture);
        OptionalLong fp = frame.registers().value(pointer);
        if (fp.isEmpty() || AddressRange.compare(fp.getAsLong(), frame.sp()) < 0) {
            return Optional.empty();
        }
        long va = fp.getAsLong();
        int width = architecture.pointerSize();
        OptionalLong saved = target.memory().unsigned(va, width);
        OptionalLong back = target.memory().unsigned(va + width, width);
        if (saved.isEmpty() || back.isEmpty()) {
            return Optional.empty();
        }
        RegisterSet caller =
                RegisterSet.builder(architecture)
                        .set(pointer, saved.getAsLong())
                        .set(Registers.programCounter(architecture), back.getAsLong())
                        .set(Registers.stackPointer(architecture), va + 2L * width)
                        .build();
        return Optional.of(new UnwindSource.Caller(caller, FrameTrust.FRAME_POINTER, 0));
    }
}
