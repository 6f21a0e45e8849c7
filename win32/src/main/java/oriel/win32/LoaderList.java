package oriel.win32;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;

/** The modules of a process as its loader keeps them (PEB_LDR_DATA). */
final class LoaderList {
    /** A list that goes on longer than this is a circle or rubbish. */
    private static final int MOST_MODULES = 1 << 16;

    private LoaderList() {}

    static List<LoadedModule> read(
            ProcessMemory memory, Architecture architecture, OptionalLong peb) {
        if (peb.isEmpty()) {
            return List.of();
        }
        boolean wide = architecture.is64Bit();
        int word = architecture.pointerSize();
        long loader =
                memory.pointer(peb.getAsLong() + (wide ? 0x18 : 0x0c), architecture).orElse(0);
        if (loader == 0) {
            return List.of();
        }
        long head = loader + (wide ? 0x10 : 0x0c);
        var found = new ArrayList<LoadedModule>();
        var seen = new HashSet<Long>();
        long at = memory.pointer(head, architecture).orElse(head);
        while (at != head && at != 0 && seen.add(at) && found.size() < MOST_MODULES) {
            // LDR_DATA_TABLE_ENTRY up to FullDllName, in one read: reading is what costs.
            byte[] bytes = memory.readUpTo(at, 11 * word);
            if (bytes.length < 11 * word) {
                break;
            }
            Bytes entry = Bytes.of(bytes, "list of the loader");
            long base = pointer(entry, 6L * word, wide);
            long size = entry.u32(8L * word);
            if (base != 0 && size != 0) {
                int length = entry.u16(9L * word);
                byte[] text = memory.readUpTo(pointer(entry, 10L * word, wide), length);
                String path =
                        text.length < length ? "" : new String(text, StandardCharsets.UTF_16LE);
                found.add(module(memory, new AddressRange(base, size), path));
            }
            at = pointer(entry, 0, wide);
        }
        return found;
    }

    private static long pointer(Bytes in, long offset, boolean wide) {
        return wide ? in.u64(offset) : in.u32(offset);
    }

    static LoadedModule module(ProcessMemory memory, AddressRange range, String path) {
        MappedImage headers = MappedImage.read(memory, range.start());
        return new LoadedModule(
                range,
                DevicePaths.withDrive(path),
                headers.timestamp(),
                headers.checksum(),
                Optional.empty(),
                DebugIdentity.read(memory, headers, range));
    }
}
