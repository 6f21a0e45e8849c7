package oriel.format.minidump;

import java.time.Instant;
import oriel.bytes.Bytes;

/**
 * The header: MINIDUMP_HEADER.
 *
 * @param version low 16 bits of Version, always 0xa793
 * @param implementationVersion high 16 bits of Version: the writer's own
 * @param streamCount entries of the directory, unsigned 32 bits
 * @param directoryOffset file offset of the directory, unsigned 32 bits
 * @param checksum unsigned 32 bits, mostly 0
 * @param timestamp when the dump was written, seconds since 1970
 * @param flags MINIDUMP_TYPE bits
 */
public record MinidumpHeader(
        int version,
        int implementationVersion,
        long streamCount,
        long directoryOffset,
        long checksum,
        long timestamp,
        long flags) {
    static final int SIZE = 32;

    static MinidumpHeader read(Bytes in) {
        return new MinidumpHeader(
                in.u16(4), in.u16(6), in.u32(8), in.u32(12), in.u32(16), in.u32(20), in.u64(24));
    }

    /** When the dump was written. */
    public Instant written() {
        return Instant.ofEpochSecond(timestamp);
    }
}
