package oriel.format.pe;

/**
 * An entry of the COFF symbol table (IMAGE_SYMBOL), as MinGW and Go linkers leave it in images.
 *
 * @param index position in the table, auxiliary entries counted
 * @param name as the linker wrote it (with a leading underscore on x86)
 * @param value offset within its section, unsigned 32 bits
 * @param sectionNumber 1 for the first section, 0 undefined, -1 absolute, -2 debugging
 * @param type base type in the lower, derived type in the upper bits
 * @param storageClass IMAGE_SYM_CLASS_* number
 * @param auxiliaryCount entries of other form that follow this one
 */
public record CoffSymbol(
        int index,
        String name,
        long value,
        int sectionNumber,
        int type,
        int storageClass,
        int auxiliaryCount) {
    private static final int DERIVED_FUNCTION = 0x20;
    private static final int CLASS_EXTERNAL = 2;
    private static final int CLASS_STATIC = 3;
    private static final int CLASS_LABEL = 6;
    private static final int CLASS_WEAK = 105;

    /** Whether the type says function. */
    public boolean isFunction() {
        return (type & 0x30) == DERIVED_FUNCTION;
    }

    /** Whether it names an address within a section, not a section, file or type. */
    public boolean isAddress() {
        return sectionNumber > 0
                && (storageClass == CLASS_EXTERNAL
                        || storageClass == CLASS_STATIC
                        || storageClass == CLASS_LABEL
                        || storageClass == CLASS_WEAK);
    }

    /** Whether it is visible to other objects. */
    public boolean isExternal() {
        return storageClass == CLASS_EXTERNAL;
    }
}
