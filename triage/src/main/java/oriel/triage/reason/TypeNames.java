package oriel.triage.reason;

import java.util.Optional;
import oriel.engine.demangle.Demangler;
import oriel.model.CodeLocation;

/**
 * Readable forms of the names in C++ type descriptors, {@code .?AVruntime_error@std@@} becomes
 * {@code std::runtime_error}.
 */
final class TypeNames {
    private static final String DESCRIPTOR = " `RTTI Type Descriptor'";

    private TypeNames() {}

    /** The readable form, or the name as it is. */
    static String readable(String name) {
        return Demangler.typeName(name);
    }

    /** The type whose descriptor lies at a location, by its symbol. */
    static Optional<String> ofSymbol(CodeLocation location) {
        if (location.symbol().isEmpty() || location.symbol().get().va() != location.va()) {
            return Optional.empty();
        }
        String name = Demangler.demangle(location.symbol().get().name(), Demangler.Level.SHORT);
        int marker = name.indexOf(DESCRIPTOR);
        if (marker < 0) {
            return Optional.empty();
        }
        int start = name.startsWith("class ") ? 6 : name.startsWith("struct ") ? 7 : 0;
        return Optional.of(name.substring(start, marker));
    }
}
