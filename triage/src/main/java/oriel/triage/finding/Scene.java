package oriel.triage.finding;

import java.util.Optional;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.triage.code.FaultingCode;
import oriel.triage.place.Places;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;

/**
 * What is known of a crash when one looks for its cause.
 *
 * @param target that crashed
 * @param exception what was raised
 * @param registers of the crashing thread
 * @param access the memory access that failed
 * @param code the instruction at the program counter
 * @param stackBounds the whole stack of the crashing thread; empty when not known
 * @param places of the target
 */
public record Scene(
        Target target,
        TargetException exception,
        RegisterSet registers,
        Optional<MemoryAccess> access,
        Optional<FaultingCode> code,
        AddressRange stackBounds,
        Places places) {
    Architecture architecture() {
        return registers.architecture();
    }

    /** The failed access when it was to a place where nothing is, other than the null page. */
    Optional<Place> wildPlace() {
        return access.map(MemoryAccess::place).filter(place -> isWild(place.kind()));
    }

    /** Whether the stack pointer is outside the thread's stack, as far as its bounds are known. */
    public boolean stackPointerAstray() {
        if (stackBounds.isEmpty() || registers.sp().isEmpty()) {
            return false;
        }
        // The guard page and some reserve below the limit still belong to the stack.
        long reserve = 0x10000;
        long sp = registers.sp().getAsLong();
        return !AddressRange.between(stackBounds.start() - reserve, stackBounds.end()).contains(sp)
                && sp != stackBounds.end();
    }

    /** Whether the program counter is where the processor could not run anything. */
    public boolean failedFetch() {
        return access.isPresent()
                && access.get().kind() == MemoryAccess.Kind.EXECUTE
                && registers.pc().isPresent()
                && access.get().place().va() == registers.pc().getAsLong();
    }

    private static boolean isWild(PlaceKind kind) {
        return switch (kind) {
            case NON_CANONICAL, KERNEL, FILL_PATTERN, FREE, RESERVED, UNKNOWN -> true;
            case NULL_PAGE, STACK, GUARD, IMAGE, UNLOADED_IMAGE, PRIVATE, MAPPED, MEMORY -> false;
        };
    }
}
