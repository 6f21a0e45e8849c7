package oriel.format.kdump;

/**
 * A piece of virtual memory that a small dump holds.
 *
 * @param va where it lay
 * @param fileOffset where it lies in the file
 * @param sizeBytes its length
 */
public record TriageBlock(long va, long fileOffset, long sizeBytes) {}
