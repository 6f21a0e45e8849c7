package oriel.triage.reason;

import java.util.ArrayList;
import java.util.Collections;

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
