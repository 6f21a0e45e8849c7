package oriel.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image mapped into a target.
 *
 * @param range where it is mapped
 * @param path as the target knows it; may be a bare name or empty
 * @param timestamp TimeDateStamp of the PE header, unsigned 32 bits; with the size it keys images
 * @param checksum CheckSum of the PE header, unsigned 32 bits
 * @param version file version when known
 * @param pdb identity of its PDB when known
 */
public record LoadedModule(
        AddressRange range,
        String path,
        long timestamp,
        long checksum,
        Optional<ModuleVersion> version,
        Optional<PdbId> pdb) {
    private static final List<String> KERNELS =
            List.of("ntoskrnl.exe", "ntkrnlmp.exe", "ntkrnlpa.exe", "ntkrpamp.exe");

    // Written out, because modules are keys of maps on every start, and the methods that records
    // get
    // by themselves are made at run time.
    @Override
    public boolean equals(Object o) {
        return o == this
                || o instanceof LoadedModule other
                        && range.start() == other.range.start()
                        && range.sizeBytes() == other.range.sizeBytes()
                        && timestamp == other.timestamp
                        && checksum == other.checksum
                        && path.equals(other.path)
                        && version.equals(other.version)
                        && pdb.equals(other.pdb);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(range.start()) * 31 + path.hashCode();
    }

    /** File name with extension: the last part of the path, whichever slashes it uses. */
    public String name() {
        return baseName(path);
    }

    /** File name without extension in the form labels use: {@code ntdll} for ntdll.dll. */
    public String label() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Whether users mean this image: by file name, by label, or by {@code nt} for the kernel under
     * any of its names.
     */
    public boolean isNamed(String name) {
        return label().equalsIgnoreCase(name)
                || name().equalsIgnoreCase(name)
                || name.equalsIgnoreCase("nt") && KERNELS.contains(name().toLowerCase(Locale.ROOT));
    }

    /** First address of the image. */
    public long base() {
        return range.start();
    }

    /** The key of symbol servers for the image: TimeDateStamp in eight digits, then SizeOfImage. */
    public String imageKey() {
        return String.format(Locale.ROOT, "%08X%x", timestamp, range.sizeBytes());
    }

    /** The last part of a Windows or Unix path. */
    public static String baseName(String path) {
        int cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(cut + 1);
    }
}
