package oriel.win32;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * A value of the registry: its bytes, and what its type says they are. Types and bytes need not
 * fit, because programs write what they like.
 *
 * @param name empty for the default value of a key
 * @param type one of {@link Type}, or a number that programs made up
 * @param data the bytes as they are kept
 */
public record RegistryValue(String name, int type, byte[] data) {
    /** The usual types. */
    public enum Type {
        NONE,
        SZ,
        EXPAND_SZ,
        BINARY,
        DWORD,
        DWORD_BIG_ENDIAN,
        LINK,
        MULTI_SZ,
        RESOURCE_LIST,
        FULL_RESOURCE_DESCRIPTOR,
        RESOURCE_REQUIREMENTS_LIST,
        QWORD
    }

    /** Text. */
    public static RegistryValue ofText(String name, String text) {
        return new RegistryValue(name, Type.SZ.ordinal(), utf16(text + "\0"));
    }

    /** Text with {@code %VARIABLES%}. */
    public static RegistryValue ofExpandable(String name, String text) {
        return new RegistryValue(name, Type.EXPAND_SZ.ordinal(), utf16(text + "\0"));
    }

    /** Several texts, none of them empty. */
    public static RegistryValue ofTexts(String name, List<String> texts) {
        var all = new StringBuilder();
        texts.forEach(text -> all.append(text).append('\0'));
        return new RegistryValue(name, Type.MULTI_SZ.ordinal(), utf16(all.append('\0').toString()));
    }

    /** A number of 32 bits. */
    public static RegistryValue ofNumber(String name, int value) {
        byte[] bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
        return new RegistryValue(name, Type.DWORD.ordinal(), bytes);
    }

    /** A number of 64 bits. */
    public static RegistryValue ofLongNumber(String name, long value) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        return new RegistryValue(name, Type.QWORD.ordinal(), bytes);
    }

    /** Bytes. */
    public static RegistryValue ofBytes(String name, byte[] bytes) {
        return new RegistryValue(name, Type.BINARY.ordinal(), bytes);
    }

    /** The type as {@code REG_SZ}, or its number. */
    public String typeName() {
        Type[] known = Type.values();
        return type >= 0 && type < known.length
                ? "REG_" + known[type]
                : "0x" + Integer.toHexString(type);
    }

    boolean is(Type wanted) {
        return type == wanted.ordinal();
    }

    /** The number, when it is one. */
    public OptionalLong number() {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (is(Type.DWORD) && data.length == 4) {
            return OptionalLong.of(bytes.getInt() & 0xffffffffL);
        }
        if (is(Type.DWORD_BIG_ENDIAN) && data.length == 4) {
            return OptionalLong.of(bytes.order(ByteOrder.BIG_ENDIAN).getInt() & 0xffffffffL);
        }
        return is(Type.QWORD) && data.length == 8
                ? OptionalLong.of(bytes.getLong())
                : OptionalLong.empty();
    }

    /** The texts, when it is text; one, unless it is REG_MULTI_SZ. */
    public List<String> texts() {
        if (is(Type.SZ) || is(Type.EXPAND_SZ) || is(Type.LINK)) {
            String text = new String(data, 0, data.length & ~1, StandardCharsets.UTF_16LE);
            int end = text.indexOf('\0');
            return List.of(end < 0 ? text : text.substring(0, end));
        }
        var found = new ArrayList<String>();
        if (is(Type.MULTI_SZ)) {
            String text = new String(data, 0, data.length & ~1, StandardCharsets.UTF_16LE);
            for (String part : text.split("\0", -1)) {
                if (part.isEmpty()) {
                    break;
                }
                found.add(part);
            }
        }
        return found;
    }

    /** What a person reads: text, a number in both bases, or the bytes. */
    public String display() {
        OptionalLong number = number();
        if (number.isPresent()) {
            return "0x" + Long.toHexString(number.getAsLong()) + " (" + number.getAsLong() + ")";
        }
        List<String> texts = texts();
        boolean text = is(Type.SZ) || is(Type.EXPAND_SZ) || is(Type.LINK) || is(Type.MULTI_SZ);
        return text ? String.join(" | ", texts) : HexFormat.ofDelimiter(" ").formatHex(data);
    }

    private static byte[] utf16(String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }
}
