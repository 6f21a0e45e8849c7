package oriel.triage.report;

import java.util.List;

/**
 * Why the program stopped.
 *
 * @param code NTSTATUS, the program's own code or that of a bug check, as signed 32 bits
 * @param name symbolic name, e.g. {@code STATUS_ACCESS_VIOLATION}; {@code 0x...} when it has none
 * @param meaning what that is, as one sentence without a full stop; may be empty
 * @param summary all that matters in one line, e.g. {@code access violation: write to 0x45 (null
 *     page + 0x45)}
 * @param address where the exception says it happened
 * @param noncontinuable whether the program was not allowed to go on
 * @param parameters as raised, unsigned 64 bits each
 * @param details what the parameters and the memory they point to mean
 */
public record CrashReason(
        int code,
        String name,
        String meaning,
        String summary,
        long address,
        boolean noncontinuable,
        List<Long> parameters,
        List<Fact> details) {
    /** Copies the lists. */
    public CrashReason {
        parameters = List.copyOf(parameters);
        details = List.copyOf(details);
    }
}
