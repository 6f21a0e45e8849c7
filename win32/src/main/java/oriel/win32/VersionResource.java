package oriel.win32;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.ModuleVersion;

/** The file version of an image mapped in a process (PE format, ".rsrc"; VS_FIXEDFILEINFO). */
final class VersionResource {
    private static final int RESOURCES = 2;
    private static final int VERSION = 16;
    private static final int DIRECTORY_SIZE = 16;
    private static final int ENTRY_SIZE = 8;
    private static final int MOST_ENTRIES = 64;
    private static final int MOST_DATA = 0x100;
    private static final long IS_DIRECTORY = 0x80000000L;
    private static final long SIGNATURE = 0xfeef04bdL;

    private VersionResource() {}

    static Optional<ModuleVersion> read(ProcessMemory memory, long base) {
        AddressRange resources = MappedImage.read(memory, base).directory(RESOURCES);
        long type = entry(memory, resources, 0, VERSION);
        long name = entry(memory, resources, type & ~IS_DIRECTORY, -1);
        long language = entry(memory, resources, name & ~IS_DIRECTORY, -1);
        boolean there =
                (type & IS_DIRECTORY) != 0
                        && (name & IS_DIRECTORY) != 0
                        && language != 0
                        && (language & IS_DIRECTORY) == 0;
        if (!there) {
            return Optional.empty();
        }
        long rva = memory.unsigned(resources.start() + language, 4).orElse(0);
        byte[] data = rva == 0 ? new byte[0] : memory.readUpTo(base + rva, MOST_DATA);
        Bytes in = Bytes.of(data, "version resource");
        for (int at = 0; at + 16 <= data.length; at += 4) {
            if (in.u32(at) == SIGNATURE) {
                return Optional.of(ModuleVersion.of(in.u32(at + 8L), in.u32(at + 12L)));
            }
        }
        return Optional.empty();
    }

    /** Where the entry of some id leads, or the first one; 0 when there is none. */
    private static long entry(ProcessMemory memory, AddressRange resources, long offset, int id) {
        long at = resources.start() + offset;
        if (!resources.contains(at)) {
            return 0;
        }
        byte[] bytes = memory.readUpTo(at, DIRECTORY_SIZE + ENTRY_SIZE * MOST_ENTRIES);
        Bytes in = Bytes.of(bytes, "resource directory");
        if (!in.contains(0, DIRECTORY_SIZE)) {
            return 0;
        }
        int count = Math.min(MOST_ENTRIES, in.u16(12) + in.u16(14));
        for (int i = 0; i < count; i++) {
            long from = DIRECTORY_SIZE + (long) i * ENTRY_SIZE;
            if (!in.contains(from, ENTRY_SIZE)) {
                return 0;
            }
            if (id < 0 || in.u32(from) == id) {
                return in.u32(from + 4);
            }
        }
        return 0;
    }
}
