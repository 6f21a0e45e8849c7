package oriel.win32;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.PdbId;

/** The PDB that belongs to a mapped image, by its debug directory. */
final class DebugIdentity {
    private static final int CODEVIEW = 2;
    private static final int ENTRY = 28;
    private static final int MOST_ENTRIES = 32;
    private static final int MOST_RECORD = 1 << 12;

    private DebugIdentity() {}

    static Optional<PdbId> read(ProcessMemory memory, MappedImage headers, AddressRange image) {
        AddressRange directory = headers.directory(6);
        byte[] entries =
                memory.readUpTo(
                        directory.start(),
                        (int) Math.min(directory.sizeBytes(), ENTRY * MOST_ENTRIES));
        Bytes in = Bytes.of(entries, "image in memory");
        for (int at = 0; at + ENTRY <= entries.length; at += ENTRY) {
            if (in.u32(at + 12) == CODEVIEW) {
                long size = Math.min(in.u32(at + 16), MOST_RECORD);
                byte[] record = memory.readUpTo(image.start() + in.u32(at + 20), (int) size);
                return PdbId.ofCodeView(Bytes.of(record, "image in memory"));
            }
        }
        return Optional.empty();
    }
}
