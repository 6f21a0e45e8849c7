package oriel.format.userdump;

/**
 * A mapped image: CRASH_MODULE32 or 64.
 *
 * @param baseVa where it is mapped
 * @param sizeBytes SizeOfImage, unsigned 32 bits
 * @param path its file
 */
public record UserDumpModule(long baseVa, long sizeBytes, String path) {}
