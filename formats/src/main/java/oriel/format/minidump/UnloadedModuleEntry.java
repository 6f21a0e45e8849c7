package oriel.format.minidump;

import oriel.bytes.Bytes;
import oriel.model.AddressRange;

/**
 * An image that was mapped earlier: MINIDUMP_UNLOADED_MODULE.
 *
 * @param range where it was
 * @param checksum unsigned 32 bits
 * @param timestamp unsigned 32 bits
 * @param nameOffset file offset of its name
 */
public record UnloadedModuleEntry(
        AddressRange range, long checksum, long timestamp, long nameOffset) {
    static final int SIZE = 24;

    static UnloadedModuleEntry read(Bytes in) {
        return new UnloadedModuleEntry(
                new AddressRange(in.u64(0), in.u32(8)), in.u32(12), in.u32(16), in.u32(20));
    }
}
