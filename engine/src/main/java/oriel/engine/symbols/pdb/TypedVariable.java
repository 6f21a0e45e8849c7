package oriel.engine.symbols.pdb;

/**
 * A variable of a program, not of a function.
 *
 * @param name as declared, with namespaces
 * @param rva where it lies, relative to the image base
 * @param type its number in the types of the PDB
 */
public record TypedVariable(String name, long rva, long type) {}
