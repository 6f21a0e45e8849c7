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
 * in the code of a module must do, and they are sought near only.
 */
final class StackScan {
    private static final int FAR_WORDS = 4096;
    private static final int NEAR_WORDS = 160;

    private final CodeMap code;

    StackScan(CodeMap code) {
        this.code = code;
    }

    /** The caller by the nearest return address above the stack pointer. */
    Optional<Step> callerOf(Frame frame, AddressRange stack) {
        Architecture architecture = frame.architecture();
        int width = architecture.pointerSize();
        long start = frame.sp() + width - 1 & -(long) width;
        for (int i = 0; i < FAR_WORDS; i++) {
            long va = start + (long) i * width;
            boolean outside = !stack.isEmpty() && !stack.contains(va);
            if (outside || !frame.stack().has(va, width)) {
                break;
            }
            long value = LinkRegister.clean(architecture, frame.stack().at(va, width));
            CallSites.Answer answer = code.returnAddress(value);
            if (answer == CallSites.Answer.CALL
                    || (answer == CallSites.Answer.UNREADABLE && i < NEAR_WORDS)) {
                return Optional.of(found(frame, va, value));
            }
        }
        return Optional.empty();
    }

    private static Step found(Frame frame, long va, long pc) {
        Architecture architecture = frame.architecture();
        int width = architecture.pointerSize();
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
