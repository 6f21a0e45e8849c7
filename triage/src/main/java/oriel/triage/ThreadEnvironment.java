package oriel.triage;

import java.util.OptionalLong;
import oriel.engine.kernel.KernelThread;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.TargetThread;

/**
 * What the thread environment block tells, checked against its own self pointer. Offsets of NT_TIB
 * and TEB are those of all Windows versions from XP on.
 */
final class ThreadEnvironment {
    /** Distance from the 64-bit to the 32-bit block of a WOW64 thread. */
    private static final int WOW64_DISTANCE = 0x2000;

    private final Memory memory;
    private final Architecture architecture;
    private final long va;

    private ThreadEnvironment(Memory memory, Architecture architecture, long va) {
        this.memory = memory;
        this.architecture = architecture;
        this.va = va;
    }

    /** The block of a thread for the side that is shown; {@link #va} is 0 when it is not there. */
    static ThreadEnvironment of(TargetThread thread, Memory memory, Architecture architecture) {
        // A kernel's threads belong to many processes, of which one only is mapped.
        OptionalLong told = thread instanceof KernelThread ? OptionalLong.empty() : thread.tebVa();
        if (told.isPresent() && told.getAsLong() != 0) {
            long va = told.getAsLong();
            if (isSelf(memory, architecture, va)) {
                return new ThreadEnvironment(memory, architecture, va);
            }
            if (architecture == Architecture.X86
                    && isSelf(memory, architecture, va + WOW64_DISTANCE)) {
                return new ThreadEnvironment(memory, architecture, va + WOW64_DISTANCE);
            }
        }
        return new ThreadEnvironment(memory, architecture, 0);
    }

    /** Where it is; 0 when it cannot be read. */
    long va() {
        return va;
    }

    /** The whole stack from the lowest committed page; empty when not known or impossible. */
    AddressRange stack() {
        if (va == 0) {
            return AddressRange.EMPTY;
        }
        int size = architecture.pointerSize();
        OptionalLong base = memory.pointer(va + size, architecture);
        OptionalLong limit = memory.pointer(va + 2L * size, architecture);
        if (base.isEmpty() || limit.isEmpty()) {
            return AddressRange.EMPTY;
        }
        return AddressRange.between(limit.getAsLong(), base.getAsLong());
    }

    /** GetLastError; empty when not known. */
    OptionalLong lastError() {
        return va == 0
                ? OptionalLong.empty()
                : memory.unsigned(va + (architecture.is64Bit() ? 0x68 : 0x34), 4);
    }

    private static boolean isSelf(Memory memory, Architecture architecture, long va) {
        OptionalLong self = memory.pointer(va + 6L * architecture.pointerSize(), architecture);
        return self.isPresent() && self.getAsLong() == va;
    }
}
