package oriel.model;

/**
 * An image that was mapped earlier.
 *
 * @param range where it was
 * @param name file name as the target recorded it, often cut to a few characters
 * @param timestamp TimeDateStamp of the PE header, unsigned 32 bits
 * @param checksum CheckSum of the PE header, unsigned 32 bits
 */
public record UnloadedModule(AddressRange range, String name, long timestamp, long checksum) {}
