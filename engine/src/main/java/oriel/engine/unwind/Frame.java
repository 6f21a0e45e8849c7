package oriel.engine.unwind;

import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.StackFrame;

/**
 * A frame whose caller is wanted.
 *
 * @param shown the frame as it is reported
 * @param interrupted whether pc is where execution stopped rather than a return address: true for
 *     the innermost frame and for frames below a machine frame
 * @param code the module that holds the lookup address, if any
 * @param stack the words of the stack
 */
record Frame(StackFrame shown, boolean interrupted, Optional<ModuleCode> code, WordReader stack) {
    RegisterSet registers() {
        return shown.registers();
    }

    Architecture architecture() {
        return shown.registers().architecture();
    }

    long pc() {
        return shown.pc();
    }

    long sp() {
        return shown.sp();
    }
}
