package oriel.triage.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a kernel stopped, with what its parameters mean.
 *
 * @param code unsigned 32 bits, as written
 * @param name symbolic name; {@code 0x...} when it has none
 * @param meaning what that is, as one sentence without a full stop; may be empty
 * @param particular which of several cases of a code it is, in hexadecimal; may be empty
 * @param parameters four
 * @param processor number of the processor that stopped the system, when known
 * @param irql interrupt request level at the fault, when known
 * @param suspect the driver that is probably at fault
 * @param details what the records that parameters point to tell
 */
public record BugCheckEntry(
        long code,
        String name,
        String meaning,
        String particular,
        List<BugCheckParameter> parameters,
        OptionalInt processor,
        OptionalInt irql,
        Optional<SuspectedDriver> suspect,
        List<Fact> details) {
    /** Copies the lists. */
    public BugCheckEntry {
        parameters = List.copyOf(parameters);
        details = List.copyOf(details);
    }
}
