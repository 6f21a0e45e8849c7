package oriel.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The process of a target.
 *
 * @param processId unsigned 32 bits when known
 * @param imagePath path of the program; may be empty
 * @param commandLine as in the PEB when readable
 * @param environment NAME=value entries in the target's order; empty when not readable
 * @param pebVa address of the process environment block when known
 * @param created when the process began
 * @param captured when the target was stopped or the dump written
 * @param userTime time in user mode
 * @param kernelTime time in kernel mode
 */
public record ProcessInfo(
        OptionalLong processId,
        String imagePath,
        Optional<String> commandLine,
        List<String> environment,
        OptionalLong pebVa,
        Optional<Instant> created,
        Optional<Instant> captured,
        Optional<Duration> userTime,
        Optional<Duration> kernelTime) {
    /** Copies the environment. */
    public ProcessInfo {
        environment = List.copyOf(environment);
    }

    /** What is known when nothing is known. */
    public static final ProcessInfo UNKNOWN =
            new ProcessInfo(
                    OptionalLong.empty(),
                    "",
                    Optional.empty(),
                    List.of(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
}
