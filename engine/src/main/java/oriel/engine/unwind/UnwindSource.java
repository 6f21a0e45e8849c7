package oriel.engine.unwind;

import java.util.Optional;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.RegisterSet;

/**
 * Unwind data from outside the image: Breakpad STACK CFI and STACK WIN records, FRAMEDATA and FPO
 * records of a PDB. The walker asks its sources in order. On x64, ARM64 and ARM it prefers the
 * image's own function table and comes here when that cannot be read or does not know the function;
 * on x86 it comes here first. Safe for any thread.
 */
@FunctionalInterface
public interface UnwindSource {
    /**
     * The registers of the caller of a frame, or empty when this source knows nothing about the
     * frame or cannot read what it needs. Never throws for damaged data.
     */
    Optional<Caller> callerOf(Frame frame);

    /**
     * Whether no call can return to an address, because this source knows all functions of the
     * module and none is there. Asked for words on a stack that look like return addresses where
     * the code is not in the target; so it answers from what it knows already, and looks for no
     * symbols.
     *
     * @param rva the return address, relative to the module's base
     */
    default boolean deniesReturn(LoadedModule module, long rva) {
        return false;
    }

    /**
     * The frame that is being unwound.
     *
     * @param module that holds its code
     * @param rva where to look for unwind data, relative to the module's base: the program counter
     *     for the innermost frame, one less for callers
     * @param registers as they are in the frame; pc and sp are known, others may not be
     * @param memory of the target
     * @param calleeParameterBytes bytes of parameters that the function called from here takes on
     *     the stack and removes itself (x86, from that frame's {@link Caller#parameterBytes}); 0
     *     for the innermost frame and when not known
     */
    record Frame(
            LoadedModule module,
            long rva,
            RegisterSet registers,
            Memory memory,
            int calleeParameterBytes) {}

    /**
     * The frame above.
     *
     * @param registers of the caller: pc and sp must be known, registers that cannot be known are
     *     unknown; a pc of 0 says that there is no caller and ends the walk as complete
     * @param trust normally {@link FrameTrust#UNWIND_INFO}
     * @param parameterBytes bytes of parameters that the frame just unwound takes on the stack
     *     (x86), else 0
     */
    record Caller(RegisterSet registers, FrameTrust trust, int parameterBytes) {
        /** A caller found by unwind data of a function without parameters on the stack. */
        public static Caller of(RegisterSet registers) {
            return new Caller(registers, FrameTrust.UNWIND_INFO, 0);
        }
    }
}
