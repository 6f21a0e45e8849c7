package oriel.format.dwarf;

/**
 * A function that has code.
 *
 * @param address of its first range, as linked
 * @param sizeBytes of its first range
 * @param name as in the source, without scopes; may be empty
 * @param linkageName as the linker sees it, often mangled; may be empty
 */
public record DwarfFunction(long address, long sizeBytes, String name, String linkageName) {}
