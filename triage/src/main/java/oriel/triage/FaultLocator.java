package oriel.triage;

import java.util.List;
import java.util.Optional;
import oriel.model.CodeLocation;
import oriel.model.FrameTrust;
import oriel.model.RegisterSet;
import oriel.model.TargetException;
import oriel.triage.bucket.Noise;
import oriel.triage.bucket.Signatures;
import oriel.triage.report.FaultLocation;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.StackEntry;

/** Says where a crash happened, and whose mistake it probably is. */
final class FaultLocator {
    private FaultLocator() {}

    static Optional<FaultLocation> locate(
            TargetException exception, RegisterSet registers, List<StackEntry> stack, Names names) {
        long pc = registers.pc().orElse(exception.address());
        CodeLocation location = names.locate(pc);
        Optional<FrameEntry> blamed = new Signatures(Noise.standard()).blamed(stack);
        return Optional.of(
                new FaultLocation(
                        exception.thread().threadId(),
                        pc,
                        location,
                        blamed.map(FrameEntry::location).orElse(location),
                        blamed.map(FrameEntry::index).orElse(0),
                        blamed.map(FrameEntry::trust).orElse(FrameTrust.CONTEXT)));
    }
}
