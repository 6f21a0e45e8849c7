package oriel.format.pe;

import oriel.bytes.Bytes;

/**
 * IMAGE_COR20_HEADER: the image holds managed code.
 *
 * @param majorRuntimeVersion of the format
 * @param minorRuntimeVersion of the format
 * @param metadata where the metadata lies
 * @param flags COMIMAGE_FLAGS_* bits
 * @param entryPoint token of the entry method, or its rva when the flags say native
 * @param resources managed resources
 * @param strongName signature
 * @param vtableFixups table for mixed code
 * @param managedNativeHeader precompiled code (ReadyToRun, NGEN)
 * @param metadataVersion what the metadata says it needs, e.g. v4.0.30319; empty when unreadable
 */
public record ClrHeader(
        int majorRuntimeVersion,
        int minorRuntimeVersion,
        DataDirectory metadata,
        long flags,
        long entryPoint,
        DataDirectory resources,
        DataDirectory strongName,
        DataDirectory vtableFixups,
        DataDirectory managedNativeHeader,
        String metadataVersion) {
    private static final int SIZE = 72;
    private static final long BSJB = 0x424a5342;
    private static final int IL_ONLY = 1;

    static ClrHeader read(ImageView image, long rva) {
        Bytes in = image.slice(rva, SIZE);
        DataDirectory metadata = DataDirectory.read(in, 8);
        return new ClrHeader(
                in.u16(4),
                in.u16(6),
                metadata,
                in.u32(16),
                in.u32(20),
                DataDirectory.read(in, 24),
                DataDirectory.read(in, 32),
                DataDirectory.read(in, 48),
                DataDirectory.read(in, 64),
                version(image, metadata.rva()));
    }

    /** Whether there is no native code in it (COMIMAGE_FLAGS_ILONLY). */
    public boolean isIlOnly() {
        return (flags & IL_ONLY) != 0;
    }

    private static String version(ImageView image, long rva) {
        if (image.fileOffset(rva) < 0) {
            return "";
        }
        Bytes root = image.from(rva);
        return root.contains(0, 16) && root.u32(0) == BSJB
                ? root.cString(16, (int) Math.min(root.u32(12), 256))
                : "";
    }
}
