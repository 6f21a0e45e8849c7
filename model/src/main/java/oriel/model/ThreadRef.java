package oriel.model;

/**
 * Which thread.
 *
 * @param processId unsigned 32 bits; 0 when the target does not tell
 * @param threadId unsigned 32 bits; for kernels without thread ids the processor number
 */
public record ThreadRef(long processId, long threadId) {}
