package oriel.win32;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a process or thread ran.
 *
 * @param created when it began
 * @param exited when it ended; empty while it runs
 * @param kernelTime time in kernel mode
 * @param userTime time in user mode
 */
public record ProcessTimes(
        Optional<Instant> created,
        Optional<Instant> exited,
        Duration kernelTime,
        Duration userTime) {}
