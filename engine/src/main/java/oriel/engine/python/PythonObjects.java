package oriel.engine.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects of a Python program, by their addresses. What cannot be read is shown as far as it can
 * be; lists that never end are cut.
 */
public final class PythonObjects {
    private static final int MOST_TEXT = 1 << 16;
    private static final int MOST_ITEMS = 10_000;

    /** Sets of few members have few slots. */
    private static final int MOST_SLOTS = 1_000;

    private static final int MOST_ATTRIBUTES = 200;
    private static final int MANAGED_DICT = 1 << 4;
    private static final int INLINE_VALUES = 1 << 2;
    private static final int HEAP_TYPE = 1 << 9;
    private static final List<Entry> NONE = List.of();

    private final PythonLayout layout;

    PythonObjects(PythonLayout layout) {
        this.layout = layout;
    }

    /** An entry of a dictionary: addresses of two objects. */
    public record Entry(long keyVa, long valueVa) {}

    /** The object in words, as {@code repr} has it; long and deep ones are cut. */
    public String text(long va) {
        return new PythonText(layout, this).of(va);
    }

    /** How many references it has; those of objects that live forever are no real number. */
    public long references(long va) {
        return layout.minor() < 12 ? layout.count(va) : layout.number(va, 4);
    }

    /** The name of its type; empty when there is no object. */
    public String typeName(long va) {
        return va == 0 ? "" : nameOf(type(va));
    }

    long type(long va) {
        return layout.pointer(va, PythonField.OBJECT_TYPE);
    }

    /** The name of a type. */
    String nameOf(long type) {
        byte[] name = layout.bytes(layout.pointer(type, PythonField.TYPE_NAME), 256, 256);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8);
    }

    /** The name of a type with its module, as far as it is not one of the language's own. */
    String fullName(long type) {
        int size = layout.pointerSize();
        boolean madeByProgram = (flags(type) & HEAP_TYPE) != 0;
        for (Entry entry :
                madeByProgram
                        ? dictionary(layout.pointer(type + 33L * size), MOST_ATTRIBUTES)
                        : NONE) {
            if (string(entry.keyVa).equals("__module__")) {
                long name = type + (layout.minor() == 11 ? 108L : 109L) * size;
                return string(entry.valueVa) + "." + string(layout.pointer(name));
            }
        }
        return nameOf(type);
    }

    long flags(long type) {
        return layout.number(layout.at(type, PythonField.TYPE_FLAGS), 4);
    }

    /** The characters of a string; empty for everything else. */
    public String string(long va) {
        if (va == 0) {
            return "";
        }
        long length = Math.clamp(layout.pointer(va, PythonField.TEXT_LENGTH), 0, MOST_TEXT);
        int state = (int) layout.number(layout.at(va, PythonField.TEXT_STATE), 4);
        int width = state >> 2 & 7;
        boolean compact = (state & 1 << 5) != 0;
        boolean ascii = (state & 1 << 6) != 0;
        int more = (layout.minor() == 11 ? 3 : 2) * layout.pointerSize();
        long behind = layout.at(va, PythonField.TEXT_ASCII) + (compact && ascii ? 0 : more);
        long data = compact ? behind : layout.pointer(behind);
        byte[] bytes = layout.bytes(data, length * width, 4 * MOST_TEXT);
        return switch (width) {
            case 1 -> new String(bytes, StandardCharsets.ISO_8859_1);
            case 2 -> new String(bytes, StandardCharsets.UTF_16LE);
            case 4 -> codePoints(bytes);
            default -> "";
        };
    }

    private static String codePoints(byte[] bytes) {
        var text = new StringBuilder();
        for (int i = 0; i + 4 <= bytes.length; i += 4) {
            int c =
                    bytes[i] & 0xff
                            | (bytes[i + 1] & 0xff) << 8
                            | (bytes[i + 2] & 0xff) << 16
                            | (bytes[i + 3] & 0xff) << 24;
            text.appendCodePoint(Character.isValidCodePoint(c) ? c : 0xfffd);
        }
        return text.toString();
    }

    /** The first items of a tuple or list. */
    List<Long> items(long va, boolean tuple, int most) {
        long at =
                tuple
                        ? layout.at(va, PythonField.TUPLE_ITEMS)
                        : layout.pointer(va, PythonField.LIST_ITEMS);
        var items = new ArrayList<Long>();
        long count = Math.min(layout.size(va), most);
        for (int i = 0; i < count; i++) {
            items.add(layout.pointer(at + (long) i * layout.pointerSize()));
        }
        return items;
    }

    /** The members of a set: entries of a hash table that are neither empty nor left over. */
    List<Long> members(long va, int most) {
        int size = layout.pointerSize();
        long mask = layout.count(va + 4L * size);
        long table = layout.pointer(va + 5L * size);
        var members = new ArrayList<Long>();
        for (long i = 0; i <= Math.min(mask, MOST_SLOTS) && members.size() < most; i++) {
            long key = layout.pointer(table + i * 2 * size);
            // What was removed leaves an object of a type that has no other.
            if (key != 0 && !typeName(key).equals("<dummy key>")) {
                members.add(key);
            }
        }
        return members;
    }

    /** The entries of a dictionary, in the order in which they were put there. */
    public List<Entry> entries(long va) {
        return dictionary(va, MOST_ITEMS);
    }

    /** The first entries of a dictionary; none where there is none. */
    List<Entry> dictionary(long va, int most) {
        if (va == 0) {
            return List.of();
        }
        long keys = layout.pointer(va, PythonField.DICT_KEYS);
        long values = layout.pointer(va, PythonField.DICT_VALUES);
        return entries(keys, values == 0 ? 0 : firstValue(values), most);
    }

    /** From 3.13 on values have four numbers before them, one byte each. */
    private long firstValue(long values) {
        return layout.minor() < 13 ? values : values + layout.pointerSize();
    }

    private List<Entry> entries(long keys, long values, int most) {
        int size = layout.pointerSize();
        long indexBytes = layout.number(keys + size + 1, 1);
        boolean general = layout.number(keys + size + 2, 1) == 0;
        long count = Math.min(layout.count(keys + 8 + 2L * size), most);
        if (keys == 0 || indexBytes > 40) {
            return List.of();
        }
        long first = keys + 8 + 3L * size + (1L << indexBytes);
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < count; i++) {
            long at = first + (general ? 3L : 2L) * size * i + (general ? size : 0);
            long value = layout.pointer(values == 0 ? at + size : values + (long) i * size);
            long key = layout.pointer(at);
            if (key != 0 && value != 0) {
                entries.add(new Entry(key, value));
            }
        }
        return entries;
    }

    /** The attributes of an instance, by name, with the addresses of what they hold. */
    public Map<String, Long> attributes(long va) {
        var attributes = new LinkedHashMap<String, Long>();
        for (Entry entry : attributeEntries(va, type(va), MOST_ATTRIBUTES)) {
            attributes.put(string(entry.keyVa), entry.valueVa);
        }
        return attributes;
    }

    /** Objects/dictobject.c: where {@code __dict__} is kept has changed with each version. */
    private List<Entry> attributeEntries(long va, long type, int most) {
        int size = layout.pointerSize();
        long flags = flags(type);
        if ((flags & MANAGED_DICT) == 0) {
            long offset = layout.count(type + 36L * size);
            long dict = offset > 0 ? layout.pointer(va + offset) : 0;
            return dictionary(dict, most);
        }
        long keys = layout.pointer(type + (layout.minor() == 11 ? 109L : 110L) * size);
        long word = layout.pointer(va - 3L * size);
        if (layout.minor() == 11) {
            long values = layout.pointer(va - 4L * size);
            return values != 0 ? entries(keys, values, most) : dictionary(word, most);
        }
        if (layout.minor() == 12) {
            return (word & 1) != 0 ? entries(keys, word + 1, most) : dictionary(word, most);
        }
        if (word == 0 && (flags & INLINE_VALUES) != 0) {
            long values = va + layout.pointer(type + 4L * size);
            boolean valid = layout.number(values + 3, 1) == 1;
            return valid ? entries(keys, firstValue(values), most) : List.of();
        }
        return dictionary(word, most);
    }
}
