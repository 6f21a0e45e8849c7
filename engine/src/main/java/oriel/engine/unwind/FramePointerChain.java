package oriel.engine.unwind;

import java.util.Optional;
import java.util.OptionalLong;
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
        if (fp.isEmpty()) {
            return Optional.empty();
        }
        long va = fp.getAsLong();
        long distance = va - frame.sp();
        if (distance < 0 || distance > LARGEST_FRAME || !isLink(frame, va, true)) {
            return Optional.empty();
        }
        WordReader stack = frame.stack();
        long back = LinkRegister.clean(architecture, stack.at(va + width, width));
        RegisterSet caller =
                RegisterSet.builder(architecture)
                        .set(pointer, stack.at(va, width))
                        .set(Registers.programCounter(architecture), back)
                        .set(Registers.stackPointer(architecture), va + 2L * width)
                        .build();
        return Optional.of(Step.call(caller, FrameTrust.FRAME_POINTER));
    }

    /**
     * Whether a link of the chain can be at an address: a frame pointer that leads upwards and a
     * return address, or two zeros. Where the code cannot be read to see a call, the next link must
     * be one too. Afterwards the two words can be had from the stack.
     */
    boolean isLink(Frame frame, long va, boolean looksAhead) {
        Architecture architecture = frame.architecture();
        int width = architecture.pointerSize();
        WordReader stack = frame.stack();
        boolean aligned = va % (architecture == Architecture.X64 ? 16 : width) == 0;
        if (!aligned || !stack.has(va, 2 * width)) {
            return false;
        }
        long saved = stack.at(va, width);
        long back = LinkRegister.clean(architecture, stack.at(va + width, width));
        if (saved == 0 && back == 0) {
            return true;
        }
        long climb = saved - va;
        if (saved != 0 && (climb <= 0 || climb > LARGEST_FRAME)) {
            return false;
        }
        boolean plausible =
                switch (code.returnAddress(back)) {
                    case CALL -> true;
                    case NO_CALL -> looksAhead && code.mayReturnTo(back);
                    case UNREADABLE -> saved == 0 || !looksAhead || isLink(frame, saved, false);
                };
        return plausible && stack.has(va, 2 * width);
    }
}
