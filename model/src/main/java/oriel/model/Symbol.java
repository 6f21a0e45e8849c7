package oriel.model;

import java.util.OptionalLong;

/**
 * A name for an address.
 *
 * @param module label of the module, e.g. {@code ntdll}; may be empty
 * @param name function or data name, as a user reads it
 * @param va where it begins
 * @param sizeBytes its length when known
 */
public record Symbol(String module, String name, long va, OptionalLong sizeBytes) {
    @Override
    public String toString() {
        return module.isEmpty() ? name : module + "!" + name;
    }
}
