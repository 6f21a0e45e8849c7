package oriel.engine.unwind;

import java.util.Optional;

/** Undoes functions of an architecture whose images list all functions that touch the stack. */
@FunctionalInterface
interface TableUnwinder {
    /** The caller by unwind data; empty when the function has none or it cannot be used. */
    Optional<Step> byTable(Frame frame, ModuleCode code);
}
