package oriel.format.cab;

/**
 * A file within a cabinet (CFFILE).
 *
 * @param name as written; may contain directories and must not be trusted as a path
 * @param sizeBytes uncompressed length, unsigned 32 bits
 * @param folder index of the folder that holds its bytes
 * @param folderOffset where it begins in the uncompressed folder
 */
public record CabEntry(String name, long sizeBytes, int folder, long folderOffset) {}
