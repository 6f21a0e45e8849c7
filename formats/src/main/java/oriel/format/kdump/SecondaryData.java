package oriel.format.kdump;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;
import oriel.model.Guid;

/**
 * The blobs behind a dump: DUMP_BLOB_FILE_HEADER (letters DumpBlob, u32 size, u32 build), then for
 * each blob DUMP_BLOB_HEADER (u32 size, GUID, u32 bytes, padding before, padding behind).
 */
final class SecondaryData {
    private static final int DUMP = 0x706d7544;
    private static final int BLOB = 0x626f6c42;
    private static final int FILE_HEADER = 16;
    private static final int BLOB_HEADER = 32;
    private static final int MOST = 10_000;

    private SecondaryData() {}

    /** Whether blobs begin at an offset. */
    static boolean beginsAt(Bytes file, long offset) {
        return offset > 0
                && file.contains(offset, FILE_HEADER)
                && file.s32(offset) == DUMP
                && file.s32(offset + 4) == BLOB;
    }

    static List<SecondaryBlob> read(Bytes file, long offset, Consumer<Diagnostic> problems) {
        var blobs = new ArrayList<SecondaryBlob>();
        try {
            long at = offset + Math.max(FILE_HEADER, file.u32(offset + 8));
            while (file.contains(at, BLOB_HEADER) && blobs.size() < MOST) {
                long header = file.u32(at);
                long size = file.u32(at + 20);
                // The last one is empty, or the file goes on with something else.
                if (header < BLOB_HEADER || header > 0x1000 || size == 0) {
                    break;
                }
                long data = at + header + file.u32(at + 24);
                blobs.add(
                        new SecondaryBlob(Guid.of(file.copy(at + 4, 16)), file.slice(data, size)));
                at = data + size + file.u32(at + 28);
            }
        } catch (FormatException e) {
            problems.accept(new Diagnostic("secondary data", e.getMessage()));
        }
        return List.copyOf(blobs);
    }
}
