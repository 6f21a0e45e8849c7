package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The names that the values of a type have: one of an enumeration, or several flags at once.
 *
 * @param type name of the type; may be empty
 * @param flags whether values are sums of flags
 * @param values names with their values, in the order in which they were declared
 */
public record ValueNames(String type, boolean flags, List<Named> values) {
    /** No names at all: values are told by their type. */
    public static final ValueNames NONE = new ValueNames("", false, List.of());

    /** A name and what it stands for. */
    public record Named(String name, long value) {}

    /** Copies the list. */
    public ValueNames {
        values = List.copyOf(values);
    }

    /**
     * Reads {@code A, B = 4, C = 0x10}; without a number an enumerator is one more than the one
     * before, a flag the next free bit.
     *
     * @throws IllegalArgumentException when it makes no sense
     */
    static ValueNames parse(String type, boolean flags, String list) {
        var values = new ArrayList<Named>();
        long next = flags ? 1 : 0;
        for (String each : list.split(",")) {
            String one = each.strip();
            if (one.isEmpty()) {
                continue;
            }
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals).strip();
            long value = equals < 0 ? next : number(one.substring(equals + 1).strip());
            if (name.isEmpty()) {
                throw new IllegalArgumentException("'" + one + "' has no name");
            }
            values.add(new Named(name, value));
            next = flags ? Math.max(1, Long.highestOneBit(value) << 1) : value + 1;
        }
        return new ValueNames(type, flags, values);
    }

    private static long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    /** The value of a name. */
    public OptionalLong value(String name) {
        return values.stream().filter(v -> v.name.equals(name)).mapToLong(Named::value).findFirst();
    }

    /** A value in words; empty when it has none. */
    String text(long value) {
        return flags ? flagText(value) : name(value);
    }

    private String name(long value) {
        for (Named each : values) {
            // Declared as unsigned 32 bits, passed as signed ones, or the other way round.
            if (each.value == value || (int) each.value == value || each.value == (int) value) {
                return each.name;
            }
        }
        return "";
    }

    private String flagText(long value) {
        String whole = name(value);
        if (!whole.isEmpty() || value == 0) {
            return whole;
        }
        var text = new StringBuilder();
        long left = value;
        for (Named each : values) {
            if (each.value != 0 && (left & each.value) == each.value) {
                text.append(text.isEmpty() ? "" : "|").append(each.name);
                left &= ~each.value;
            }
        }
        if (text.isEmpty()) {
            return "";
        }
        return left == 0 ? text.toString() : text + "|0x" + Long.toHexString(left);
    }
}
