package oriel.triage.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.model.CodeLocation;

/**
 * What is known of a thread besides its stack.
 *
 * @param threadId unsigned 32 bits
 * @param name as the program named it
 * @param crashed whether it raised the exception
 * @param suspendCount how often it is suspended
 * @param priority base priority
 * @param start where it began
 * @param created when it began
 * @param userTime time spent in user mode
 * @param kernelTime time spent in kernel mode
 * @param waiting what it waits for, as far as its stack tells, e.g. {@code critical section}; may
 *     be empty
 * @param details last error and other particulars
 */
public record ThreadEntry(
        long threadId,
        Optional<String> name,
        boolean crashed,
        OptionalInt suspendCount,
        OptionalInt priority,
        Optional<CodeLocation> start,
        Optional<Instant> created,
        Optional<Duration> userTime,
        Optional<Duration> kernelTime,
        String waiting,
        List<Fact> details) {
    /** Copies the details. */
    public ThreadEntry {
        details = List.copyOf(details);
    }
}
