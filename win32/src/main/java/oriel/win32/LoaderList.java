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

    /** What is told of each entry of the list (LDR_DATA_TABLE_ENTRY up to FullDllName). */
    private interface Visitor {
        /** Returns whether to go on. */
        boolean visit(long entryVa, Bytes entry);
    }

    static List<LoadedModule> read(
            ProcessMemory memory, Architecture architecture, OptionalLong peb) {
        boolean wide = architecture.is64Bit();
        int word = architecture.pointerSize();
        var found = new ArrayList<LoadedModule>();
        walk(
                memory,
                architecture,
                peb,
                (va, entry) -> {
                    long base = pointer(entry, 6L * word, wide);
                    long size = entry.u32(8L * word);
                    if (base != 0 && size != 0) {
                        int length = entry.u16(9L * word);
                        long nameVa = pointer(entry, 10L * word, wide);
                        byte[] text = memory.readUpTo(nameVa, length);
                        String path =
                                text.length < length
                                        ? ""
                                        : new String(text, StandardCharsets.UTF_16LE);
                        found.add(module(memory, new AddressRange(base, size), path));
                    }
                    return found.size() < MOST_MODULES;
                });
        return found;
    }

    /** Where the loader keeps what it knows of the module at an address. */
    static OptionalLong entryVa(
            ProcessMemory memory, Architecture architecture, OptionalLong peb, long base) {
        boolean wide = architecture.is64Bit();
        var found = new long[1];
        walk(
                memory,
                architecture,
                peb,
                (va, entry) -> {
                    boolean here = pointer(entry, 6L * architecture.pointerSize(), wide) == base;
                    found[0] = here ? va : 0;
                    return !here;
                });
        return found[0] == 0 ? OptionalLong.empty() : OptionalLong.of(found[0]);
    }

    private static void walk(
            ProcessMemory memory, Architecture architecture, OptionalLong peb, Visitor visitor) {
        if (peb.isEmpty()) {
            return;
        }
        boolean wide = architecture.is64Bit();
        int word = architecture.pointerSize();
        long loader =
                memory.pointer(peb.getAsLong() + (wide ? 0x18 : 0x0c), architecture).orElse(0);
        if (loader == 0) {
            return;
        }
        long head = loader + (wide ? 0x10 : 0x0c);
        var seen = new HashSet<Long>();
        long at = memory.pointer(head, architecture).orElse(head);
        while (at != head && at != 0 && seen.add(at) && seen.size() <= 2 * MOST_MODULES) {
            // In one read: reading is what costs.
            byte[] bytes = memory.readUpTo(at, 11 * word);
            if (bytes.length < 11 * word) {
                return;
            }
            Bytes entry = Bytes.of(bytes, "list of the loader");
            if (!visitor.visit(at, entry)) {
                return;
            }
            at = pointer(entry, 0, wide);
        }
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
