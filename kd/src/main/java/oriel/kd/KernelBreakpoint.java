package oriel.kd;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A breakpoint that the user wants. While the target is stopped it is not in the target's memory.
 *
 * @param number by which the user knows it
 * @param place in the user's words, which are looked up again when the target begins anew; empty
 *     for an address that holds
 * @param va where that is; empty while there is no such place
 * @param enabled whether it is put into the target when it runs
 * @param watch what a debug register watches there; empty for a breakpoint instruction
 */
public record KernelBreakpoint(
        int number, String place, OptionalLong va, boolean enabled, Optional<Watch> watch) {
    /** Whether it is at an address. */
    boolean isAt(long address) {
        return va.isPresent() && va.getAsLong() == address;
    }

    KernelBreakpoint moved(OptionalLong to) {
        return new KernelBreakpoint(number, place, to, enabled, watch);
    }

    /** Whether it is a breakpoint instruction at an address. */
    boolean isTrapAt(long address) {
        return watch.isEmpty() && isAt(address);
    }
}
