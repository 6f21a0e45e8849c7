package oriel.format.kdump;

/**
 * A driver that was unloaded before.
 *
 * @param name at most 12 characters
 * @param start where it was mapped
 * @param end behind it
 */
public record TriageUnloaded(String name, long start, long end) {}
