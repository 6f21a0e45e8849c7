package oriel.format.pdb;

import java.util.List;

/**
 * Types and ids that a module uses of another one.
 *
 * @param moduleNameOffset name of the other module, an offset in the string table
 * @param ids numbers in the other module
 */
public record CrossModuleImport(long moduleNameOffset, List<Long> ids) {
    /** Copies the list. */
    public CrossModuleImport {
        ids = List.copyOf(ids);
    }
}
