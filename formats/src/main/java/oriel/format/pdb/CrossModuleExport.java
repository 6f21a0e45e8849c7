package oriel.format.pdb;

/**
 * A type or id of a module that others use.
 *
 * @param localId number in the module
 * @param globalId number in the PDB
 */
public record CrossModuleExport(long localId, long globalId) {}
