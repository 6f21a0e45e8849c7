package oriel.engine.unwind;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * The chain of frame pointers: the caller's frame pointer at the frame pointer, the return address
 * right above it. So it is on x86 by habit, on ARM and ARM64 by the ABI; on x64 only code that is
 * compiled at run time does it.
 */
final class FramePointerChain {
    /** A frame pointer further away from the stack pointer is not one. */
    private static final long LARGEST_FRAME = 1 << 20;

    private final CodeMap code;

    FramePointerChain(CodeMap code) {
        this.code = code;
    }

    /**
     * The caller by the frame pointer, or empty when it does not point to a plausible frame. A
     * caller whose pc is 0 is the end of the chain.
     */
    Optional<Step> callerOf(Frame frame) {
        Architecture architecture = frame.architecture();
        Register pointer = Registers.framePointer(architecture);
        OptionalLong fp = frame.registers().value(pointer);
        int width = architecture.pointerSize();
        if (fp.isEmpty() || fp.getAsLong() % width != 0) {
            return Optional.empty();
        }
        long va = fp.getAsLong();
        long distance = va - frame.sp();
        WordReader stack = frame.stack();
        if (distance < 0 || distance > LARGEST_FRAME || !stack.has(va, 2 * width)) {
            return Optional.empty();
        }
        long saved = stack.at(va, width);
        long back = LinkRegister.clean(architecture, stack.at(va + width, width));
        boolean ends = back == 0 && saved == 0;
        boolean climbs = saved == 0 || AddressRange.compare(saved, va) > 0;
        if (!ends && (!climbs || !code.mayReturnTo(back))) {
            return Optional.empty();
        }
        RegisterSet caller =
                RegisterSet.builder(architecture)
                        .set(pointer, saved)
                        .set(Registers.programCounter(architecture), back)
                        .set(Registers.stackPointer(architecture), va + 2L * width)
                        .build();
        return Optional.of(Step.call(caller, FrameTrust.FRAME_POINTER));
    }
}
