package oriel.engine.symbols.types;

import java.util.List;
import java.util.Optional;

/**
 * A value read out of memory.
 *
 * @param name of the variable, member or element; empty for what a pointer leads to
 * @param type in C++
 * @param va where it lies
 * @param text the value in short; empty for structures
 * @param parts members, elements or what a pointer leads to, as far as asked for
 * @param problem why there is no value, or not all of it
 */
public record TypedValue(
        String name,
        String type,
        long va,
        String text,
        List<TypedValue> parts,
        Optional<String> problem) {
    /** Copies the list. */
    public TypedValue {
        parts = List.copyOf(parts);
    }

    /** The member of a name, those of bases included. */
    public Optional<TypedValue> part(String wanted) {
        for (TypedValue part : parts) {
            if (part.name().equals(wanted)) {
                return Optional.of(part);
            }
        }
        for (TypedValue part : parts) {
            if (part.name().startsWith(": ")) {
                Optional<TypedValue> found = part.part(wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** All of it, a line for each part, indented. */
    public String print() {
        var text = new StringBuilder();
        print(text, 0);
        return text.toString();
    }

    private void print(StringBuilder into, int depth) {
        into.append("   ".repeat(depth));
        if (!name.isEmpty()) {
            into.append(name).append(name.startsWith(": ") ? "" : " : ");
        }
        into.append(name.startsWith(": ") ? "" : type);
        if (!text.isEmpty()) {
            into.append(" = ").append(text);
        }
        problem.ifPresent(p -> into.append("  (").append(p).append(')'));
        into.append('\n');
        for (TypedValue part : parts) {
            part.print(into, depth + 1);
        }
    }
}
