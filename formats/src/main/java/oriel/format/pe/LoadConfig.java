package oriel.format.pe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import oriel.bytes.Bytes;

/**
 * The load configuration: whatever of it the image has, because each Windows made it longer. Its
 * own size field says how much that is, not the directory: Windows XP wanted 64 in the directory
 * whatever the true size.
 */
public final class LoadConfig {
    private static final int ENTRY_RVA = 4;

    private final ImageView image;
    private final long imageBase;
    private final long sizeBytes;
    private final Map<LoadConfigField, Long> values;

    private LoadConfig(
            ImageView image, long imageBase, long sizeBytes, Map<LoadConfigField, Long> values) {
        this.image = image;
        this.imageBase = imageBase;
        this.sizeBytes = sizeBytes;
        this.values = values;
    }

    /**
     * An address in a table of control flow guard.
     *
     * @param rva of the function
     * @param flags the byte behind it when the table has one: 1 suppressed, 2 export suppressed, 8
     *     XFG
     */
    public record GuardTarget(long rva, int flags) {}

    static LoadConfig read(ImageView image, OptionalHeader header, DataDirectory directory) {
        Bytes in = image.from(directory.rva());
        long size = in.u32(0) != 0 ? in.u32(0) : directory.sizeBytes();
        boolean wide = header.isPlus();
        var values = new EnumMap<LoadConfigField, Long>(LoadConfigField.class);
        for (LoadConfigField field : LoadConfigField.values()) {
            int at = field.offset(wide);
            int width = field.width(wide);
            if (at + width <= size && in.contains(at, width)) {
                values.put(field, width == 8 ? in.u64(at) : width == 4 ? in.u32(at) : in.u16(at));
            }
        }
        return new LoadConfig(image, header.imageBase(), size, Collections.unmodifiableMap(values));
    }

    /** Size that the structure gives itself, unsigned 32 bits. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The fields that are there, in file order; pointers are for the base in the header. */
    public Map<LoadConfigField, Long> values() {
        return values;
    }

    /** A field when it is there. */
    public OptionalLong value(LoadConfigField field) {
        Long value = values.get(field);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Safe exception handlers of x86, as rvas. */
    public List<Long> exceptionHandlers() {
        var list = new ArrayList<Long>();
        for (GuardTarget target :
                table(LoadConfigField.SE_HANDLER_TABLE, LoadConfigField.SE_HANDLER_COUNT, 0)) {
            list.add(target.rva);
        }
        return list;
    }

    /** Functions that may be called indirectly. */
    public List<GuardTarget> guardFunctions() {
        return table(
                LoadConfigField.GUARD_CF_FUNCTION_TABLE,
                LoadConfigField.GUARD_CF_FUNCTION_COUNT,
                extraBytes());
    }

    /** Slots of the import table whose functions may be called indirectly. */
    public List<GuardTarget> guardImports() {
        return table(
                LoadConfigField.GUARD_ADDRESS_TAKEN_IAT_ENTRY_TABLE,
                LoadConfigField.GUARD_ADDRESS_TAKEN_IAT_ENTRY_COUNT,
                extraBytes());
    }

    /** Places to which longjmp may go. */
    public List<GuardTarget> guardLongJumps() {
        return table(
                LoadConfigField.GUARD_LONG_JUMP_TARGET_TABLE,
                LoadConfigField.GUARD_LONG_JUMP_TARGET_COUNT,
                extraBytes());
    }

    /** Places at which execution may continue after an exception. */
    public List<GuardTarget> guardContinuations() {
        return table(
                LoadConfigField.GUARD_EH_CONTINUATION_TABLE,
                LoadConfigField.GUARD_EH_CONTINUATION_COUNT,
                extraBytes());
    }

    /** Bytes behind each rva of the guard tables: the top four bits of the guard flags. */
    private int extraBytes() {
        return (int) (value(LoadConfigField.GUARD_FLAGS).orElse(0) >>> 28);
    }

    private List<GuardTarget> table(LoadConfigField start, LoadConfigField count, int extra) {
        long rva = value(start).orElse(0) - imageBase;
        if (image.fileOffset(rva) < 0) {
            return List.of();
        }
        Bytes in = image.from(rva);
        int entry = ENTRY_RVA + extra;
        long wanted = value(count).orElse(0);
        long room = in.size() / entry;
        int entries = (int) (Long.compareUnsigned(wanted, room) < 0 ? wanted : room);
        var list = new ArrayList<GuardTarget>(entries);
        for (int i = 0; i < entries; i++) {
            long at = (long) i * entry;
            list.add(new GuardTarget(in.u32(at), extra > 0 ? in.u8(at + ENTRY_RVA) : 0));
        }
        return list;
    }
}
