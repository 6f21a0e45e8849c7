package oriel.triage.report;

import oriel.model.CodeLocation;
import oriel.model.FrameTrust;

/**
 * Where it happened.
 *
 * @param threadId unsigned 32 bits
 * @param pc of the faulting instruction
 * @param location module, function and line of {@code pc}
 * @param blamed the first frame that is not part of the system or of a runtime's error handling;
 *     the same as {@code location} when there is none better
 * @param blamedFrame index of that frame in the crashing stack
 * @param trust how far that frame can be trusted
 */
public record FaultLocation(
        long threadId,
        long pc,
        CodeLocation location,
        CodeLocation blamed,
        int blamedFrame,
        FrameTrust trust) {}
