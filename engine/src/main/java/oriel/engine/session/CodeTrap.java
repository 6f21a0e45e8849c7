package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;

/** An instruction with a trap on it, or soon to have one. */
final class CodeTrap {
    final long va;
    final List<TrapOwner> owners = new ArrayList<>(1);

    /** The bytes of the program under the trap, little endian. */
    int original;

    boolean armed;

    /** Whether it waits for the next time that traps are written. */
    boolean queued;

    CodeTrap(long va) {
        this.va = va;
    }
}
