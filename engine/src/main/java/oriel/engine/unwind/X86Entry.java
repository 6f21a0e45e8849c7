package oriel.engine.unwind;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * The caller of an x86 function that was interrupted where its code tells the shape of the stack:
 * at its return, at its first instructions, or in the stub of a system call. There the frame
 * pointer still is, or already is again, the caller's, and following it would skip the caller.
 */
final class X86Entry {
    private static final int BEFORE = 3;
    private static final int LENGTH = BEFORE + 5;
    private static final int WORD = 4;

    private static final Register EIP = Registers.programCounter(Architecture.X86);
    private static final Register ESP = Registers.stackPointer(Architecture.X86);
    private static final Register EBP = Registers.framePointer(Architecture.X86);
    private static final Register[] PRESERVED = {
        Registers.require(Architecture.X86, "ebx"),
        Registers.require(Architecture.X86, "esi"),
        Registers.require(Architecture.X86, "edi")
    };

    private final Memory memory;

    X86Entry(Memory memory) {
        this.memory = memory;
    }

    /** The caller, or empty when the code at pc cannot be read or says nothing. */
    Optional<Step> callerOf(Frame frame) {
        var code = new byte[LENGTH];
        int before = BEFORE;
        if (memory.read(frame.pc() - BEFORE, code) < LENGTH) {
            before = 0;
            Arrays.fill(code, (byte) 0);
            if (memory.read(frame.pc(), code, BEFORE, LENGTH - BEFORE) < 3) {
                return Optional.empty();
            }
        }
        int first = code[BEFORE] & 0xff;
        int second = code[BEFORE + 1] & 0xff;
        int third = code[BEFORE + 2] & 0xff;
        if (first == 0xc3) {
            return returning(frame, frame.sp(), false, 0);
        }
        if (first == 0xc2) {
            return returning(frame, frame.sp(), false, second | third << 8);
        }
        boolean enters = first == 0x55 && isFrameMove(second, third);
        boolean padded = first == 0x8b && second == 0xff && third == 0x55;
        if (enters || padded) {
            return returning(frame, frame.sp(), false, 0);
        }
        boolean pushed = before > 0 && (code[BEFORE - 1] & 0xff) == 0x55;
        if (pushed && isFrameMove(first, second)) {
            return returning(frame, frame.sp() + WORD, true, 0);
        }
        if (first == 0x5d && (second == 0xc3 || second == 0xc2)) {
            int parameters = second == 0xc3 ? 0 : third | (code[BEFORE + 3] & 0xff) << 8;
            return returning(frame, frame.sp() + WORD, true, parameters);
        }
        return Optional.empty();
    }

    /** {@code mov ebp,esp}, as Microsoft's tools encode it and as GNU's do. */
    private static boolean isFrameMove(int first, int second) {
        return first == 0x8b && second == 0xec || first == 0x89 && second == 0xe5;
    }

    /** The caller of a function that has not executed any instruction yet. */
    static Optional<Step> entered(Frame frame) {
        return returning(frame, frame.sp(), false, 0);
    }

    /** The caller whose return address lies at {@code va}, its ebp right below when pushed. */
    private static Optional<Step> returning(
            Frame frame, long va, boolean ebpPushed, int parameters) {
        OptionalLong back = frame.stack().word(va, WORD);
        if (back.isEmpty()) {
            return Optional.empty();
        }
        RegisterSet.Builder caller =
                RegisterSet.builder(Architecture.X86)
                        .set(EIP, back.getAsLong())
                        .set(ESP, va + WORD + parameters);
        for (Register register : PRESERVED) {
            frame.registers().value(register).ifPresent(v -> caller.set(register, v));
        }
        OptionalLong ebp =
                ebpPushed ? frame.stack().word(va - WORD, WORD) : frame.registers().value(EBP);
        ebp.ifPresent(v -> caller.set(EBP, v));
        return Optional.of(new Step(caller.build(), FrameTrust.LEAF, false, parameters));
    }
}
