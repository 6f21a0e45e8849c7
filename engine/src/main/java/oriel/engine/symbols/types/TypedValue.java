package oriel.engine.symbols.types;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** All of it, a line for each part, indented, members with their offsets. */
    public String print() {
        var text = new StringBuilder();
        print(text, 0, OptionalLong.empty());
        return text.toString();
    }

    /**
     * In one line: the value, or the parts of a structure or array in braces.
     *
     * @param limit characters from which on parts are left out
     */
    public String brief(int limit) {
        var line = new StringBuilder();
        brief(line, limit);
        return line.toString();
    }

    private void brief(StringBuilder into, int limit) {
        if (problem.isPresent() && parts.isEmpty()) {
            into.append('<').append(problem.get()).append('>');
            return;
        }
        into.append(text);
        if (parts.isEmpty() || !text.isEmpty()) {
            into.append(text.isEmpty() ? "{}" : "");
            return;
        }
        into.append('{');
        for (int i = 0; i < parts.size(); i++) {
            TypedValue part = parts.get(i);
            into.append(i == 0 ? "" : ", ");
            if (into.length() >= limit) {
                into.append("...");
                break;
            }
            boolean unnamed = part.name().startsWith("[") || part.name().startsWith(": ");
            into.append(unnamed || part.name().isEmpty() ? "" : part.name() + "=");
            part.brief(into, limit);
        }
        into.append(problem.isPresent() ? ", ...}" : "}");
    }

    private void print(StringBuilder into, int depth, OptionalLong parentVa) {
        into.append("   ".repeat(depth));
        boolean base = name.startsWith(": ");
        if (parentVa.isPresent() && !name.isEmpty() && !name.startsWith("[")) {
            into.append(Layout.offsetText(va - parentVa.getAsLong())).append(' ');
        }
        if (name.isEmpty()) {
            into.append(depth == 0 ? type : "-> " + type);
        } else {
            into.append(name).append(base ? "" : " : " + type);
        }
        if (depth == 0 || name.isEmpty()) {
            into.append(" @ 0x").append(Long.toHexString(va));
        }
        if (!text.isEmpty()) {
            into.append(" = ").append(text);
        }
        problem.ifPresent(p -> into.append("  (").append(p).append(')'));
        into.append('\n');
        for (TypedValue part : parts) {
            part.print(into, depth + 1, OptionalLong.of(va));
        }
    }
}
