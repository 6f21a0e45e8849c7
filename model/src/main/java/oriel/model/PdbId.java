package oriel.model;

import java.util.Locale;

/**
 * What ties an image to its PDB: the CodeView record of the image.
 *
 * @param fileName name or full path of the PDB as the linker wrote it; may be empty
 * @param guid identity for RSDS records; for NB10 its first 32 bits are the signature, the rest 0
 * @param age generation, unsigned 32 bits
 * @param kind which CodeView record it came from
 */
public record PdbId(String fileName, Guid guid, long age, Kind kind) {
    /** CodeView record kinds. */
    public enum Kind {
        /** PDB 7.00: a GUID. */
        RSDS,
        /** PDB 2.00: a 32-bit time stamp. */
        NB10
    }

    /** An RSDS identity. */
    public static PdbId rsds(String fileName, Guid guid, long age) {
        return new PdbId(fileName, guid, age, Kind.RSDS);
    }

    /** The last part of {@link #fileName}, whichever slashes it uses. */
    public String baseName() {
        return LoadedModule.baseName(fileName);
    }

    /** The key of symbol servers and of Breakpad: identity, then age, as hexadecimal digits. */
    public String key() {
        String id = guid.compact();
        return (kind == Kind.NB10 ? id.substring(0, 8) : id)
                + Long.toHexString(age).toUpperCase(Locale.ROOT);
    }
}
