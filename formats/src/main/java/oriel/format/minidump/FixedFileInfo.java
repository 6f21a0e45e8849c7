package oriel.format.minidump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.ModuleVersion;

/**
 * The fixed part of a version resource: VS_FIXEDFILEINFO.
 *
 * @param file version of the file
 * @param product version of the product
 * @param flagsMask which bits of {@code flags} count
 * @param flags VS_FF_* bits: 1 debug, 2 prerelease, 4 patched, 8 private build
 * @param os VOS_* operating system
 * @param type VFT_* kind of file: 1 program, 2 library, 3 driver
 * @param subtype kind of driver or font
 * @param date 100 ns units since 1601, mostly 0
 */
public record FixedFileInfo(
        ModuleVersion file,
        ModuleVersion product,
        long flagsMask,
        long flags,
        long os,
        long type,
        long subtype,
        long date) {
    static final int SIZE = 52;
    private static final long SIGNATURE = 0xfeef04bdL;

    /** Empty without the signature: Windows leaves the record zero for images without a version. */
    static Optional<FixedFileInfo> read(Bytes in) {
        if (in.u32(0) != SIGNATURE) {
            return Optional.empty();
        }
        return Optional.of(
                new FixedFileInfo(
                        ModuleVersion.of(in.u32(8), in.u32(12)),
                        ModuleVersion.of(in.u32(16), in.u32(20)),
                        in.u32(24),
                        in.u32(28),
                        in.u32(32),
                        in.u32(36),
                        in.u32(40),
                        in.u32(44) << 32 | in.u32(48)));
    }
}
