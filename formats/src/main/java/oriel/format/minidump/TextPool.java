package oriel.format.minidump;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import oriel.bytes.Bytes;

/**
 * Strings of a minidump, each read once: a u32 length in bytes, then UTF-16 or UTF-8. Thousands of
 * handles share the names of their types. Records that all point to long strings which overlap
 * could make a small file fill the memory: the pool gives out no more text than the file has bytes.
 * Safe for any thread.
 */
final class TextPool {
    /** The longest string that is believed. Windows limits paths to 32,767 units. */
    private static final int LONGEST = 1 << 20;

    private final Bytes file;
    private final AtomicLong room;
    private final ConcurrentHashMap<Long, String> wide = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, String> narrow = new ConcurrentHashMap<>();

    TextPool(Bytes file) {
        this.file = file;
        this.room = new AtomicLong(file.size());
    }

    /** MINIDUMP_STRING; empty for offset 0, which writers use for "none". */
    String utf16(long offset) {
        return string(wide, offset, (at, length) -> file.utf16(at, length));
    }

    /** MinidumpUTF8String of Crashpad; empty for offset 0. */
    String utf8(long offset) {
        return string(narrow, offset, (at, length) -> file.utf8(at, length));
    }

    /** Charges for records that may be reached more than once. */
    void charge(long offset, long bytes) {
        if (room.addAndGet(-bytes) < 0) {
            throw file.error(offset, "more text and records than the file has bytes");
        }
    }

    private String string(
            ConcurrentHashMap<Long, String> known,
            long offset,
            BiFunction<Long, Integer, String> reader) {
        if (offset == 0) {
            return "";
        }
        String before = known.get(offset);
        if (before != null) {
            return before;
        }
        long length = file.u32(offset);
        if (length > LONGEST || !file.contains(offset + 4, length)) {
            throw file.error(offset, "string of " + length + " bytes does not fit");
        }
        charge(offset, length);
        String text = reader.apply(offset + 4, (int) length);
        known.put(offset, text);
        return text;
    }
}
