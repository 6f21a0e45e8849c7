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
 * Looks for a return address word by word, upwards from the stack pointer. Where the code before a
 * candidate can be read it must be a call; such candidates are sought far. Where it cannot, being
 * in the code of a module must do, and they are sought near only; then the first one that stands
 * above a link of the chain of frame pointers is taken for better than those before it.
 */
final class StackScan {
    private static final int FAR_WORDS = 4096;
    private static final int NEAR_WORDS = 160;

    private final CodeMap code;
    private final FramePointerChain framePointers;

    StackScan(CodeMap code, FramePointerChain framePointers) {
        this.code = code;
        this.framePointers = framePointers;
    }

    /** The caller by the nearest return address above the stack pointer. */
    Optional<Step> callerOf(Frame frame, AddressRange stack) {
        Architecture architecture = frame.architecture();
        int width = architecture.pointerSize();
        long start = frame.sp() + width - 1 & -(long) width;
        long guess = 0;
        for (int i = 0; i < FAR_WORDS; i++) {
            long va = start + (long) i * width;
            boolean outside = !stack.isEmpty() && !stack.contains(va);
            if (outside || (guess != 0 && i >= NEAR_WORDS) || !frame.stack().has(va, width)) {
                break;
            }
            long value = LinkRegister.clean(architecture, frame.stack().at(va, width));
            switch (code.returnAddress(value)) {
                case CALL -> {
                    return Optional.of(found(frame, guess != 0 ? guess : va));
                }
                case UNREADABLE -> {
                    if (isLinked(frame, va)) {
                        return Optional.of(found(frame, va));
                    }
                    if (guess == 0 && i < NEAR_WORDS && isAligned(architecture, va)) {
                        guess = va;
                    }
                }
                case NO_CALL -> {
                    // some other data
                }
            }
        }
        return guess != 0 ? Optional.of(found(frame, guess)) : Optional.empty();
    }

    /** x64 keeps the stack aligned to 16 at calls, so return addresses lie 8 above that. */
    private static boolean isAligned(Architecture architecture, long va) {
        return architecture != Architecture.X64 || (va & 15) == 8;
    }

    private boolean isLinked(Frame frame, long va) {
        Architecture architecture = frame.architecture();
        return architecture != Architecture.X64
                && framePointers.isLink(frame, va - architecture.pointerSize(), true);
    }

    private static Step found(Frame frame, long va) {
        Architecture architecture = frame.architecture();
        int width = architecture.pointerSize();
        OptionalLong word = frame.stack().word(va, width);
        long pc = LinkRegister.clean(architecture, word.orElse(0));
        Register pointer = Registers.framePointer(architecture);
        RegisterSet.Builder caller =
                RegisterSet.builder(architecture)
                        .set(Registers.programCounter(architecture), pc)
                        .set(Registers.stackPointer(architecture), va + width);
        if (architecture != Architecture.X64) {
            framePointer(frame, va, width, pointer).ifPresent(fp -> caller.set(pointer, fp));
        }
        return Step.call(caller.build(), FrameTrust.SCAN);
    }

    /** The word below a return address may be the caller's frame pointer; else it was not moved. */
    private static OptionalLong framePointer(Frame frame, long va, int width, Register pointer) {
        OptionalLong below = frame.stack().word(va - width, width);
        if (below.isPresent() && isAbove(below.getAsLong(), va)) {
            return below;
        }
        OptionalLong current = frame.registers().value(pointer);
        return current.isPresent() && isAbove(current.getAsLong(), va)
                ? current
                : OptionalLong.empty();
    }

    private static boolean isAbove(long fp, long va) {
        long distance = fp - va;
        return distance > 0 && distance < 1 << 20;
    }
}
