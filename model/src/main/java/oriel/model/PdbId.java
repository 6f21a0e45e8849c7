package oriel.model;

import java.util.Locale;
import java.util.Optional;
import oriel.bytes.Bytes;

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

    private static final long RSDS_MAGIC = 0x53445352L;
    private static final long NB10_MAGIC = 0x3031424eL;
    private static final int MAX_NAME = 1 << 16;

    /** An RSDS identity. */
    public static PdbId rsds(String fileName, Guid guid, long age) {
        return new PdbId(fileName, guid, age, Kind.RSDS);
    }

    /**
     * Reads a CodeView record, as images and minidumps hold it: the letters RSDS, a GUID, a u32 age
     * and a NUL-terminated name; or NB10, a u32 offset, a u32 signature, a u32 age and a name.
     * Empty for other kinds and for records that are cut short before the name.
     */
    public static Optional<PdbId> ofCodeView(Bytes record) {
        long magic = record.contains(0, 4) ? record.u32(0) : 0;
        if (magic == RSDS_MAGIC && record.contains(0, 24)) {
            Guid guid = Guid.of(record.copy(4, 16));
            return Optional.of(rsds(record.cString(24, MAX_NAME), guid, record.u32(20)));
        }
        if (magic == NB10_MAGIC && record.contains(0, 16)) {
            var signature = new byte[16];
            record.copy(8, signature, 0, 4);
            String name = record.cString(16, MAX_NAME);
            return Optional.of(new PdbId(name, Guid.of(signature), record.u32(12), Kind.NB10));
        }
        return Optional.empty();
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
