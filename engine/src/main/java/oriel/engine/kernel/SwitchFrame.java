package oriel.engine.kernel;

import java.util.OptionalLong;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.Registers;

/**
 * The registers of a thread that does not run, from the frame that the context switch left at
 * KTHREAD.KernelStack (KSWITCH_FRAME). The rest of them lies in the frame of the caller, which
 * unwinding finds.
 */
final class SwitchFrame {
    private static final int SEARCHED = 12;

    private final KernelMemory memory;

    SwitchFrame(KernelMemory memory) {
        this.memory = memory;
    }

    /** All unknown when there is no such frame. */
    RegisterSet registers(long kernelStack) {
        return switch (memory.architecture()) {
            case X64 -> frame(kernelStack, 0x38, 0x30);
            case ARM64 -> frame(kernelStack, 0x18, 0x10);
            case X86 -> x86(kernelStack);
            case ARM -> frame(kernelStack, 0x0c, 0x08);
        };
    }

    /** The return address and the frame pointer, where they are as a rule, else near it. */
    private RegisterSet frame(long stack, int pcAt, int fpAt) {
        int width = memory.pointerSize();
        int at = pcAt;
        for (int i = 0; !isCode(stack + at) && i < SEARCHED; i++) {
            at = i * width;
        }
        OptionalLong pc = memory.pointer(stack + at);
        if (!isCode(stack + at) || pc.isEmpty()) {
            return RegisterSet.unknown(memory.architecture());
        }
        Architecture architecture = memory.architecture();
        RegisterSet.Builder registers =
                RegisterSet.builder(architecture)
                        .set(Registers.programCounter(architecture), pc.getAsLong())
                        .set(Registers.stackPointer(architecture), stack + at + width);
        OptionalLong fp = memory.pointer(stack + at - (pcAt - fpAt));
        if (fp.isPresent()) {
            registers.set(Registers.framePointer(architecture), fp.getAsLong());
        }
        return registers.build();
    }

    private boolean isCode(long va) {
        OptionalLong value = memory.pointer(va);
        return value.isPresent() && memory.isKernel(value.getAsLong());
    }

    /**
     * ExceptionList, ApcBypass, return address into KiSwapContext; then what that one pushed: ebp,
     * edi, esi, ebx and its own return address.
     */
    private RegisterSet x86(long stack) {
        OptionalLong pc = memory.pointer(stack + 0x1c);
        if (pc.isEmpty() || !memory.isKernel(pc.getAsLong())) {
            return RegisterSet.unknown(Architecture.X86);
        }
        RegisterSet.Builder registers =
                RegisterSet.builder(Architecture.X86)
                        .set("eip", pc.getAsLong())
                        .set("esp", stack + 0x20);
        String[] names = {"ebp", "edi", "esi", "ebx"};
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            OptionalLong value = memory.pointer(stack + 0xc + 4L * i);
            if (value.isPresent()) {
                registers.set(name, value.getAsLong());
            }
        }
        return registers.build();
    }
}
