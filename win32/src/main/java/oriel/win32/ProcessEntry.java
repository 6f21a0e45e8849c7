package oriel.win32;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process as the system listed it. It may be gone by now.
 *
 * @param processId unsigned 32 bits
 * @param parentId id of the process that started it; that one may be gone and its id used again
 * @param name file name of the program
 * @param sessionId terminal session
 * @param basePriority 0 to 31
 * @param handleCount open handles
 * @param workingSetBytes memory it has in RAM
 * @param privateBytes memory of its own
 * @param created when it began; empty when the system does not tell
 * @param userTime time in user mode
 * @param kernelTime time in kernel mode
 * @param threads its threads
 */
public record ProcessEntry(
        long processId,
        long parentId,
        String name,
        int sessionId,
        int basePriority,
        long handleCount,
        long workingSetBytes,
        long privateBytes,
        Optional<Instant> created,
        Duration userTime,
        Duration kernelTime,
        List<ThreadEntry> threads) {
    /** Copies the threads. */
    public ProcessEntry {
        threads = List.copyOf(threads);
    }

    /**
     * Path of the program, asked of the system now, also where the process cannot be opened; empty
     * when it has ended or the system does not tell.
     */
    public Optional<String> imagePath() {
        return ImagePaths.of(processId);
    }
}
