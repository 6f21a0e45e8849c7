package oriel.engine.unwind;

import oriel.model.FrameTrust;
import oriel.model.RegisterSet;

/**
 * A step from a frame to its caller.
 *
 * @param registers of the caller
 * @param trust how it was found
 * @param interrupted whether the caller was interrupted here rather than calling: its pc is exact,
 *     and its stack may lie anywhere
 * @param parameterBytes bytes of parameters that the frame just left takes on the stack (x86)
 */
record Step(RegisterSet registers, FrameTrust trust, boolean interrupted, int parameterBytes) {
    static Step call(RegisterSet registers, FrameTrust trust) {
        return new Step(registers, trust, false, 0);
    }
}
