package oriel.engine.kernel;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process.
 *
 * @param va address of its EPROCESS
 * @param processId 0 for the idle process, 4 for System
 * @param parentId id of the process that made it, when known
 * @param name name of its image, at most 15 characters; may be empty
 * @param directoryTableBase root of its page tables; 0 when not known
 * @param pebVa address of its PEB; empty for those without a user half
 * @param created when it began, when known
 */
public record KernelProcess(
        long va,
        long processId,
        OptionalLong parentId,
        String name,
        long directoryTableBase,
        OptionalLong pebVa,
        Optional<Instant> created) {}
