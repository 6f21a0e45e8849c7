package oriel.triage.rating;

import java.util.List;
import java.util.Optional;
import oriel.model.SystemInfo.Platform;
import oriel.model.TargetException;
import oriel.triage.code.FaultingCode;
import oriel.triage.code.TaintUse;
import oriel.triage.report.MemoryAccess;
import oriel.triage.report.Place;

/**
 * All that the rules look at.
 *
 * @param exception what was raised
 * @param platform where
 * @param access the memory access that failed
 * @param pc what lies at the program counter
 * @param code the instruction there, when it is one
 * @param stackPointerAstray whether the stack pointer is outside the thread's stack, as far as its
 *     bounds are known
 * @param pointerText the characters that the bad address, or a register it was made from, consists
 *     of; empty when it does not look like text
 * @param taint the worst use of the value that could not be read
 */
public record CrashFacts(
        TargetException exception,
        Platform platform,
        Optional<MemoryAccess> access,
        Optional<Place> pc,
        Optional<FaultingCode> code,
        boolean stackPointerAstray,
        Optional<String> pointerText,
        Optional<TaintUse> taint) {
    /** The exception's parameters. */
    List<Long> parameters() {
        return exception.parameters();
    }
}
