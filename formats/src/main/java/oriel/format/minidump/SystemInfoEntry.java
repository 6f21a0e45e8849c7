package oriel.format.minidump;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;

/**
 * The machine and its operating system: MINIDUMP_SYSTEM_INFO.
 *
 * @param processor PROCESSOR_ARCHITECTURE_*: 0 x86, 5 ARM, 9 x64, 12 ARM64; Breakpad has others
 * @param processorLevel family of the CPU
 * @param processorRevision model and stepping, a byte each on Intel
 * @param processorCount logical processors
 * @param productType 1 workstation, 2 domain controller, 3 server
 * @param majorVersion of the system
 * @param minorVersion of the system
 * @param buildNumber of the system
 * @param platformId VER_PLATFORM_*: 2 is Windows NT; Breakpad has others from 0x8000
 * @param csdVersionOffset file offset of the service pack's name, or of a kernel's version
 * @param suiteMask VER_SUITE_* bits
 * @param cpu the 24 bytes of CPU_INFORMATION
 */
public record SystemInfoEntry(
        int processor,
        int processorLevel,
        int processorRevision,
        int processorCount,
        int productType,
        long majorVersion,
        long minorVersion,
        long buildNumber,
        long platformId,
        long csdVersionOffset,
        int suiteMask,
        Bytes cpu) {
    private static final int CPU = 32;
    private static final int CPU_SIZE = 24;

    static SystemInfoEntry read(Bytes in) {
        return new SystemInfoEntry(
                in.u16(0),
                in.u16(2),
                in.u16(4),
                in.u8(6),
                in.u8(7),
                in.u32(8),
                in.u32(12),
                in.u32(16),
                in.u32(20),
                in.u32(24),
                in.u16(28),
                in.slice(CPU, Math.min(CPU_SIZE, in.size() - CPU)));
    }

    /** The vendor as CPUID tells it, e.g. {@code GenuineIntel}; empty on other processors. */
    public String cpuVendor() {
        if (!isIntel() || cpu.size() < 12) {
            return "";
        }
        byte[] vendor = cpu.copy(0, 12);
        for (byte letter : vendor) {
            if (letter < ' ' || letter > '~') {
                return "";
            }
        }
        return new String(vendor, StandardCharsets.US_ASCII);
    }

    /** EAX of CPUID function 1: stepping, model and family; 0 when not known. */
    public long cpuSignature() {
        return cpuid(12);
    }

    /** EDX of CPUID function 1; 0 when not known. */
    public long cpuFeatures() {
        return cpuid(16);
    }

    /** EBX of CPUID function 80000001h, of AMD processors only; 0 when not known. */
    public long cpuAmdFeatures() {
        return cpuid(20);
    }

    /** PF_* bits (IsProcessorFeaturePresent) where there is no CPUID; 0 when not known. */
    public long processorFeatures() {
        return cpuVendor().isEmpty() && processor != 0 && cpu.size() >= 8 ? cpu.u64(0) : 0;
    }

    private long cpuid(long offset) {
        return !cpuVendor().isEmpty() && cpu.contains(offset, 4) ? cpu.u32(offset) : 0;
    }

    /**
     * Whether CPUID may be there. Windows fills it in for 32-bit systems only and puts PF_* bits
     * for x64, Breakpad fills it in for both: the letters of the vendor tell.
     */
    private boolean isIntel() {
        return processor == 0 || processor == 9 || processor == 10;
    }
}
