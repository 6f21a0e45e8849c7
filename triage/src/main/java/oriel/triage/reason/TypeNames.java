package oriel.triage.reason;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import oriel.model.CodeLocation;

/**
 * Readable forms of the names in C++ type descriptors, {@code .?AVruntime_error@std@@} becomes
 * {@code std::runtime_error}. Handles plain qualified names and leaves the rest, templates above
 * all, to a real demangler.
 */
final class TypeNames {
    private TypeNames() {}

    /** The readable form, or the name as it is. */
    static String readable(String name) {
        if (name.length() == 2 && name.charAt(0) == '.') {
            return fundamental(name.charAt(1), name);
        }
        if (name.startsWith(".PEAD") || name.startsWith(".PAD")) {
            return "char *";
        }
        if (name.startsWith(".PEBD") || name.startsWith(".PBD")) {
            return "char const *";
        }
        if (name.length() < 5 || !name.startsWith(".?A") || name.indexOf('?', 3) >= 0) {
            return name;
        }
        int start = name.charAt(3) == 'W' ? 5 : 4;
        var parts = new ArrayList<String>();
        for (int at = start; at < name.length(); ) {
            int end = name.indexOf('@', at);
            if (end < 0) {
                return name;
            }
            if (end == at) {
                break;
            }
            if (end == at + 1 || Character.isDigit(name.charAt(at))) {
                return name;
            }
            parts.add(name.substring(at, end));
            at = end + 1;
        }
        Collections.reverse(parts);
        return parts.isEmpty() ? name : String.join("::", parts);
    }

    /**
     * The type whose descriptor lies at a location, by its symbol: {@code ??_R0?AVX@@@8} or,
     * demangled, {@code class X `RTTI Type Descriptor'}.
     */
    static Optional<String> ofSymbol(CodeLocation location) {
        if (location.symbol().isEmpty() || location.symbol().get().va() != location.va()) {
            return Optional.empty();
        }
        String name = location.symbol().get().name();
        if (name.startsWith("??_R0") && name.endsWith("@8")) {
            return Optional.of(readable("." + name.substring(5, name.length() - 2)));
        }
        int marker = name.indexOf(" `RTTI Type Descriptor'");
        if (marker < 0) {
            return Optional.empty();
        }
        int start = name.startsWith("class ") ? 6 : name.startsWith("struct ") ? 7 : 0;
        return Optional.of(name.substring(start, marker));
    }

    private static String fundamental(char code, String otherwise) {
        return switch (code) {
            case 'C' -> "signed char";
            case 'D' -> "char";
            case 'E' -> "unsigned char";
            case 'F' -> "short";
            case 'G' -> "unsigned short";
            case 'H' -> "int";
            case 'I' -> "unsigned int";
            case 'J' -> "long";
            case 'K' -> "unsigned long";
            case 'M' -> "float";
            case 'N' -> "double";
            case 'O' -> "long double";
            default -> otherwise;
        };
    }
}
