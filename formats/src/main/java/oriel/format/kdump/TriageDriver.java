package oriel.format.kdump;

/**
 * A driver in the list of a small dump.
 *
 * @param path as the kernel knew it; may be empty
 * @param base where it was mapped
 * @param sizeBytes of the image
 * @param checksum of its header, unsigned 32 bits
 * @param timestamp of its header, unsigned 32 bits
 */
public record TriageDriver(String path, long base, long sizeBytes, long checksum, long timestamp) {}
