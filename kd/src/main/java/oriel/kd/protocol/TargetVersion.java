package oriel.kd.protocol;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.model.Architecture;

/**
 * What a target says of itself: DBGKD_GET_VERSION64.
 *
 * @param major low byte 0xf for free builds, 0xc for checked ones; high byte the kind of target
 * @param build of the kernel
 * @param protocol 6 since Windows 2000
 * @param secondary version of the context layout
 * @param flags see the constants
 * @param machine IMAGE_FILE_MACHINE_*
 * @param maxManipulate number of the highest request, less 0x3130
 * @param kernelBase of the kernel image, as sent
 * @param moduleListVa of PsLoadedModuleList, as sent
 * @param debuggerDataListVa of the list whose first entry is the KDBG block; 0 when there is none
 */
public record TargetVersion(
        int major,
        int build,
        int protocol,
        int secondary,
        int flags,
        int machine,
        int maxManipulate,
        long kernelBase,
        long moduleListVa,
        long debuggerDataListVa) {
    private static final int MULTIPROCESSOR = 1;
    private static final int POINTER_64 = 4;

    /**
     * Reads the fields of an answer.
     *
     * @throws oriel.bytes.FormatException when they are too short
     */
    public static TargetVersion read(Bytes union) {
        return new TargetVersion(
                union.u16(0),
                union.u16(2),
                union.u8(4),
                union.u8(5),
                union.u16(6),
                union.u16(8),
                union.u8(12),
                union.u64(16),
                union.u64(24),
                union.u64(32));
    }

    /** The architecture; empty for machines that are not known here. */
    public Optional<Architecture> architecture() {
        return switch (machine) {
            case 0x14c -> Optional.of(Architecture.X86);
            case 0x8664 -> Optional.of(Architecture.X64);
            case 0x1c4, 0x1c0, 0x1c2 -> Optional.of(Architecture.ARM);
            case 0xaa64 -> Optional.of(Architecture.ARM64);
            // Not told: the width of pointers tells.
            case 0 -> Optional.of((flags & POINTER_64) != 0 ? Architecture.X64 : Architecture.X86);
            default -> Optional.empty();
        };
    }

    /** Whether pointers have 64 bits. */
    public boolean isPointer64() {
        return (flags & POINTER_64) != 0 || architecture().map(Architecture::is64Bit).orElse(false);
    }

    /** Whether the kernel is one for several processors. */
    public boolean isMultiprocessor() {
        return (flags & MULTIPROCESSOR) != 0;
    }

    /** Whether it is a checked build. */
    public boolean isChecked() {
        return (major & 0xff) == 0xc;
    }

    /** The system in words, by its build. */
    public String product() {
        int kind = major >>> 8;
        if (kind != 0) {
            return switch (kind) {
                case 1 -> "Xbox";
                case 4 -> "Windows boot debugger";
                case 5 -> "EFI";
                case 8 -> "Hypervisor";
                default -> "Target of kind " + kind;
            };
        }
        if (build >= 22000) {
            return "Windows 11";
        }
        if (build >= 10240) {
            return "Windows 10";
        }
        return switch (build) {
            case 9600 -> "Windows 8.1";
            case 9200 -> "Windows 8";
            case 7600, 7601 -> "Windows 7";
            case 6000, 6001, 6002, 6003 -> "Windows Vista";
            case 3790 -> "Windows Server 2003";
            case 2600 -> "Windows XP";
            case 2195 -> "Windows 2000";
            default -> "Windows";
        };
    }

    /** The machine in words. */
    public String machineName() {
        return switch (machine) {
            case 0x14c -> "x86 compatible";
            case 0x8664 -> "x64";
            case 0x1c4, 0x1c0, 0x1c2 -> "ARM";
            case 0xaa64 -> "ARM 64-bit (AArch64)";
            default -> "machine " + Integer.toHexString(machine);
        };
    }
}
