package oriel.engine.symbols.types;

import java.util.OptionalLong;
import java.util.function.Predicate;
import oriel.format.msf.MsfStream;
import oriel.format.pdb.PrimitiveType;
import oriel.format.pdb.SymbolCursor;
import oriel.format.pdb.SymbolKind;
import oriel.format.pdb.TypeRecord;

/**
 * Finds types as users name them: {@code Node}, {@code struct Node}, {@code int}, {@code char *}.
 */
public final class TypeFinder {
    private static final String[] KEYWORDS = {"struct ", "class ", "union ", "enum "};

    private final TypeSystem types;

    /**
     * @param types where to look
     */
    public TypeFinder(TypeSystem types) {
        this.types = types;
    }

    /**
     * The number of a type: by its hash, or else by reading all definitions, which finds types
     * within functions too and lets blanks differ.
     */
    public OptionalLong find(String text) {
        String name = text.strip();
        for (String keyword : KEYWORDS) {
            name = name.startsWith(keyword) ? name.substring(keyword.length()).strip() : name;
        }
        OptionalLong found = types.named(name);
        if (found.isPresent() && isDefined(found.getAsLong())) {
            return found;
        }
        OptionalLong primitive = primitive(name);
        if (primitive.isPresent()) {
            return primitive;
        }
        OptionalLong typedef = typedef(name);
        if (typedef.isPresent()) {
            return typedef;
        }
        OptionalLong read = scan(name);
        return read.isPresent() ? read : found;
    }

    /** Names that {@code typedef} and {@code using} gave are among the global symbols. */
    private OptionalLong typedef(String name) {
        MsfStream symbols = types.symbols();
        for (long candidate : types.globals().candidates(name)) {
            var at = new SymbolCursor(symbols, candidate);
            if (at.next() && at.kind() == SymbolKind.UDT && at.text(8).equals(name)) {
                return OptionalLong.of(at.u32(4));
            }
        }
        return OptionalLong.empty();
    }

    /** Takes the numbers and records of all definitions whose names a pattern accepts. */
    public void forEach(Predicate<String> pattern, Sink sink) {
        types.forEachDefinition(
                (index, type) -> {
                    if (pattern.test(type.name())) {
                        sink.type(index, type);
                    }
                });
    }

    private boolean isDefined(long index) {
        return types.record(index) instanceof TypeRecord.UserDefined type
                && !type.isForwardReference();
    }

    private OptionalLong scan(String name) {
        String wanted = compact(name);
        long[] first = {-1};
        types.forEachDefinition(
                (index, type) -> {
                    if (first[0] < 0
                            && type.name().length() >= wanted.length()
                            && compact(type.name()).equals(wanted)) {
                        first[0] = index;
                    }
                });
        return first[0] < 0 ? OptionalLong.empty() : OptionalLong.of(first[0]);
    }

    private static String compact(String name) {
        return name.indexOf(' ') < 0 ? name : name.replace(" ", "");
    }

    /** Types without a record, and 64-bit pointers to them. */
    private static OptionalLong primitive(String name) {
        boolean pointer = name.endsWith("*");
        String plain = pointer ? name.substring(0, name.length() - 1).strip() : name;
        for (PrimitiveType type : PrimitiveType.values()) {
            if (type.sizeBytes() > 0 && type.title().equals(plain)
                    || type == PrimitiveType.VOID && pointer && plain.equals("void")) {
                return OptionalLong.of(type.number() | (pointer ? PrimitiveType.POINTER_64 : 0));
            }
        }
        return OptionalLong.empty();
    }

    /** Takes definitions. */
    @FunctionalInterface
    public interface Sink {
        /** One definition by its number. */
        void type(long index, TypeRecord.UserDefined type);
    }
}
