package oriel.win32;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
            long base = memory.pointer(at + 6L * word, architecture).orElse(0);
            long size = memory.unsigned(at + 8L * word, 4).orElse(0);
            if (base != 0 && size != 0) {
                String path = ProcessBlock.unicode(memory, architecture, at + 9L * word).orElse("");
                found.add(module(memory, new AddressRange(base, size), path));
            }
            at = memory.pointer(at, architecture).orElse(head);
        }
        return found;
    }

    static LoadedModule module(ProcessMemory memory, AddressRange range, String path) {
        long header = range.start() + memory.unsigned(range.start() + 0x3c, 4).orElse(0);
        boolean image = range.contains(header) && memory.unsigned(header, 4).orElse(0) == 0x4550;
        long timestamp = image ? memory.unsigned(header + 8, 4).orElse(0) : 0;
        long checksum = image ? memory.unsigned(header + 0x58, 4).orElse(0) : 0;
        return new LoadedModule(
                range,
                DevicePaths.withDrive(path),
                timestamp,
                checksum,
                Optional.empty(),
                DebugIdentity.read(memory, range));
    }
}
