package oriel.format.pdb;

/**
 * Where an inlined function begins in the source.
 *
 * @param id number of the function among the ids
 * @param fileId the source file, as an offset into the checksums of the module
 * @param line from 1
 */
public record Inlinee(long id, long fileId, long line) {}
