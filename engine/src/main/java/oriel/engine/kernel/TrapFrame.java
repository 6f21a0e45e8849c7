package oriel.engine.kernel;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;

/**
 * Registers from a KTRAP_FRAME, which x86 and x64 have laid out alike since Windows XP, and ARM64
 * since its first Windows. On x64 and ARM64 it holds the volatile registers only; of the others
 * rbx, rsi, rdi are valid for some traps and left out here.
 */
public final class TrapFrame {
    private static final int X64_RIP = 0x168;
    private static final int KERNEL_CODE = 0x10;
    private static final int ARM64_SP = 0x98;
    private static final int ARM64_PC = 0x148;
    private static final int ARM64_SIZE = 0x150;
    private static final int ARM64_VOLATILE = 19;

    /** A machine frame: rip, cs, flags, rsp, ss. */
    private static final int MACHINE_FRAME = 5;

    private final KernelMemory memory;

    TrapFrame(KernelMemory memory) {
        this.memory = memory;
    }

    /** The registers of a KTRAP_FRAME; empty when it is none or cannot be read. */
    public static Optional<RegisterSet> read(Memory memory, Architecture architecture, long va) {
        return new TrapFrame(new KernelMemory(memory, architecture)).at(va);
    }

    /** The registers of a frame; empty when it is none or cannot be read. */
    Optional<RegisterSet> at(long va) {
        return switch (memory.architecture()) {
            case X64 -> x64(va);
            case X86 -> x86(va);
            case ARM64 -> arm64(va);
            case ARM -> Optional.empty();
        };
    }

    /** X0 to X18, LR, FP and PC behind debug registers, SPSR, ESR and SP. */
    private Optional<RegisterSet> arm64(long va) {
        OptionalLong pc = memory.unsigned(va + ARM64_PC, 8);
        OptionalLong sp = memory.unsigned(va + ARM64_SP, 8);
        boolean likely =
                pc.isPresent()
                        && sp.isPresent()
                        && pc.getAsLong() != 0
                        && (pc.getAsLong() & 3) == 0
                        && (sp.getAsLong() & 15) == 0
                        && memory.isKernel(pc.getAsLong()) == memory.isKernel(sp.getAsLong());
        if (!likely) {
            return Optional.empty();
        }
        RegisterSet.Builder into = RegisterSet.builder(Architecture.ARM64);
        for (int i = 0; i < ARM64_VOLATILE; i++) {
            set(into, "x" + i, va + 0xa0 + 8L * i, 8);
        }
        set(into, "lr", va + 0x138, 8);
        set(into, "fp", va + 0x140, 8);
        set(into, "sp", va + ARM64_SP, 8);
        set(into, "pc", va + ARM64_PC, 8);
        return Optional.of(into.build());
    }

    private Optional<RegisterSet> x64(long va) {
        if (!isMachineFrame(va + X64_RIP)) {
            return Optional.empty();
        }
        RegisterSet.Builder into = RegisterSet.builder(Architecture.X64);
        String[] names = {"rax", "rcx", "rdx", "r8", "r9", "r10", "r11"};
        for (int i = 0; i < names.length; i++) {
            set(into, names[i], va + 0x30 + 8L * i, 8);
        }
        set(into, "rbp", va + 0x158, 8);
        set(into, "rip", va + X64_RIP, 8);
        set(into, "cs", va + 0x170, 2);
        set(into, "efl", va + 0x178, 4);
        set(into, "rsp", va + 0x180, 8);
        set(into, "ss", va + 0x188, 2);
        return Optional.of(into.build());
    }

    private Optional<RegisterSet> x86(long va) {
        OptionalLong cs = memory.unsigned(va + 0x6c, 4);
        OptionalLong eip = memory.unsigned(va + 0x68, 4);
        boolean kernel = cs.isPresent() && (cs.getAsLong() & 0xffff) == 8;
        boolean user = cs.isPresent() && (cs.getAsLong() & 0xffff) == 0x1b;
        if (!kernel && !user || eip.isEmpty() || kernel != memory.isKernel(eip.getAsLong())) {
            return Optional.empty();
        }
        RegisterSet.Builder into = RegisterSet.builder(Architecture.X86);
        set(into, "edx", va + 0x3c, 4);
        set(into, "ecx", va + 0x40, 4);
        set(into, "eax", va + 0x44, 4);
        set(into, "edi", va + 0x54, 4);
        set(into, "esi", va + 0x58, 4);
        set(into, "ebx", va + 0x5c, 4);
        set(into, "ebp", va + 0x60, 4);
        set(into, "eip", va + 0x68, 4);
        set(into, "cs", va + 0x6c, 2);
        set(into, "efl", va + 0x70, 4);
        if (kernel) {
            // The processor pushes no stack pointer without a change of privilege.
            into.set("esp", va + 0x74);
        } else {
            set(into, "esp", va + 0x74, 4);
        }
        return Optional.of(into.build());
    }

    private void set(RegisterSet.Builder into, String name, long va, int width) {
        OptionalLong value = memory.unsigned(va, width);
        if (value.isPresent()) {
            into.set(name, value.getAsLong());
        }
    }

    /**
     * The registers at a faulting instruction whose address is known, from the frame that the trap
     * left on the stack: on x64, where frames can be told by their segments, and on ARM64, where
     * the stack pointer in the frame is that behind it.
     */
    Optional<RegisterSet> find(AddressRange stack, long pc) {
        boolean arm64 = memory.architecture() == Architecture.ARM64;
        if (memory.architecture() != Architecture.X64 && !arm64 || pc == 0) {
            return Optional.empty();
        }
        byte[] bytes =
                memory.memory().readUpTo(stack.start(), (int) Math.min(stack.sizeBytes(), 1 << 18));
        int pcAt = arm64 ? ARM64_PC : X64_RIP;
        int behind = arm64 ? ARM64_SIZE - ARM64_PC : 8 * MACHINE_FRAME;
        for (int at = pcAt; at + behind <= bytes.length; at += 8) {
            if (KernelMemory.number(bytes, at, 8) == pc) {
                Optional<RegisterSet> found = at(stack.start() + at - pcAt);
                if (found.isPresent()
                        && stack.contains(found.get().sp().orElse(0))
                        && Long.compareUnsigned(found.get().sp().orElse(0), stack.start() + at)
                                > 0) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isMachineFrame(long va) {
        OptionalLong pc = memory.unsigned(va, 8);
        OptionalLong cs = memory.unsigned(va + 8, 8);
        OptionalLong ss = memory.unsigned(va + 32, 8);
        if (pc.isEmpty() || cs.isEmpty() || ss.isEmpty()) {
            return false;
        }
        long code = cs.getAsLong() & 0xffff;
        long stack = ss.getAsLong() & 0xffff;
        return code == KERNEL_CODE && (stack == 0x18 || stack == 0)
                || code == 0x33 && stack == 0x2b
                || code == 0x23 && stack == 0x2b;
    }
}
