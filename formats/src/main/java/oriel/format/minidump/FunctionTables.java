package oriel.format.minidump;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;

/** Reads MINIDUMP_FUNCTION_TABLE_STREAM: tables of different length, one behind the other. */
final class FunctionTables {
    private static final int HEADER = 24;
    private static final int DESCRIPTOR = 32;

    private FunctionTables() {}

    static List<FunctionTableEntry> read(Bytes stream, Consumer<FormatException> problems) {
        long headerSize = stream.u32(0);
        long descriptorSize = stream.u32(4);
        long nativeSize = stream.u32(8);
        long entrySize = stream.u32(12);
        long count = stream.u32(16);
        long at = headerSize + stream.u32(20);
        if (headerSize < HEADER || descriptorSize < DESCRIPTOR) {
            throw stream.error(0, "header of " + headerSize + ", tables of " + descriptorSize);
        }
        var tables = new ArrayList<FunctionTableEntry>();
        try {
            for (long i = 0; i < count; i++) {
                Bytes descriptor = stream.slice(at, descriptorSize);
                long entries = descriptor.u32(24);
                at += descriptorSize;
                Bytes own = stream.slice(at, nativeSize);
                at += nativeSize;
                Bytes records = stream.slice(at, entries * entrySize);
                at += records.size() + descriptor.u32(28);
                tables.add(
                        new FunctionTableEntry(
                                descriptor.u64(0),
                                descriptor.u64(8),
                                descriptor.u64(16),
                                own,
                                records,
                                entries));
            }
        } catch (FormatException e) {
            problems.accept(e);
        }
        return tables;
    }
}
