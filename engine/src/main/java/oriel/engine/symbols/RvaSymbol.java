package oriel.engine.symbols;

/**
 * A symbol of an image.
 *
 * @param rva where it begins, relative to the image base
 * @param sizeBytes its length; 0 when not known
 * @param name as it stands in the file: mangled or not
 * @param function whether it is code
 */
public record RvaSymbol(long rva, long sizeBytes, String name, boolean function) {}
