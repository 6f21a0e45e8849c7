package oriel.format.dwarf;

import java.util.Optional;

/**
 * A function inlined at an address.
 *
 * @param name as in the source, without scopes; may be empty
 * @param linkageName as the linker would see it; may be empty
 * @param call where it is called from
 */
public record DwarfInline(String name, String linkageName, Optional<DwarfLine> call) {}
