package oriel.format.kdump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;

/**
 * DUMP_HEADER32 or DUMP_HEADER64. Whatever the writer left out is filled with the letters PAGE and
 * comes out as 0 here. Numbers of 32-bit dumps are not sign-extended.
 *
 * @param is64 whether the system has pointers of 8 bytes
 * @param majorVersion 15 for a free build, 12 for a checked one
 * @param minorVersion build number
 * @param directoryTableBase root of the page tables at the crash
 * @param pfnDatabaseVa MmPfnDatabase
 * @param loadedModulesVa PsLoadedModuleList
 * @param activeProcessesVa PsActiveProcessHead
 * @param machine IMAGE_FILE_MACHINE_*
 * @param processors number of processors
 * @param bugCheckCode unsigned 32 bits; 0 for a dump of a running system
 * @param bugCheckParameters four numbers
 * @param debuggerDataVa KdDebuggerDataBlock
 * @param pae whether a 32-bit system uses PAE; empty when the header does not tell
 * @param dumpType DumpType as it stands there
 * @param kind the same as a word
 * @param exception the exception record
 * @param systemTime FILETIME of the crash; 0 when not known
 * @param upTime in 100 ns; 0 when not known
 * @param requiredSpace bytes the dump takes; 0 when not known
 * @param comment of whoever wrote it; may be empty
 * @param miniDumpFields which parts a small dump has
 * @param secondaryDataState status of the secondary data
 * @param productType 1 workstation, 2 domain controller, 3 server; 0 when not known
 * @param suiteMask VER_SUITE_* bits
 * @param writerStatus how writing ended, by the writer
 * @param attributes DUMP_FILE_ATTRIBUTES; 0 when not known
 */
public record KernelDumpHeader(
        boolean is64,
        long majorVersion,
        long minorVersion,
        long directoryTableBase,
        long pfnDatabaseVa,
        long loadedModulesVa,
        long activeProcessesVa,
        int machine,
        long processors,
        long bugCheckCode,
        List<Long> bugCheckParameters,
        long debuggerDataVa,
        Optional<Boolean> pae,
        long dumpType,
        DumpKind kind,
        HeaderException exception,
        long systemTime,
        long upTime,
        long requiredSpace,
        String comment,
        long miniDumpFields,
        long secondaryDataState,
        long productType,
        long suiteMask,
        long writerStatus,
        long attributes) {
    private static final int FILL_32 = 0x45474150;
    private static final long FILL_64 = 0x4547415045474150L;
    private static final int COMMENT_LENGTH = 128;

    /** Copies the list. */
    public KernelDumpHeader {
        bugCheckParameters = List.copyOf(bugCheckParameters);
    }

    /** Bytes of the header: one page or two. */
    static int size(boolean is64) {
        return is64 ? 0x2000 : 0x1000;
    }

    static KernelDumpHeader read(Bytes in, boolean is64) {
        return is64 ? read64(in) : read32(in);
    }

    private static KernelDumpHeader read64(Bytes in) {
        var parameters = new ArrayList<Long>(4);
        for (int i = 0; i < 4; i++) {
            parameters.add(u64(in, 0x40 + 8L * i));
        }
        return new KernelDumpHeader(
                true,
                in.u32(0x08),
                in.u32(0x0c),
                u64(in, 0x10),
                u64(in, 0x18),
                u64(in, 0x20),
                u64(in, 0x28),
                (int) in.u32(0x30) & 0xffff,
                u32(in, 0x34),
                u32(in, 0x38),
                parameters,
                u64(in, 0x80),
                Optional.empty(),
                in.u32(0xf98),
                DumpKind.of(in.u32(0xf98)),
                HeaderException.read(in.slice(0xf00, 0x98), true),
                u64(in, 0xfa8),
                u64(in, 0x1030),
                u64(in, 0xfa0),
                comment(in, 0xfb0),
                u32(in, 0x1038),
                u32(in, 0x103c),
                u32(in, 0x1040),
                u32(in, 0x1044),
                u32(in, 0x1048),
                u32(in, 0x1050));
    }

    private static KernelDumpHeader read32(Bytes in) {
        var parameters = new ArrayList<Long>(4);
        for (int i = 0; i < 4; i++) {
            parameters.add(u32(in, 0x2c + 4L * i));
        }
        int pae = in.u8(0x5c);
        return new KernelDumpHeader(
                false,
                in.u32(0x08),
                in.u32(0x0c),
                u32(in, 0x10),
                u32(in, 0x14),
                u32(in, 0x18),
                u32(in, 0x1c),
                (int) in.u32(0x20) & 0xffff,
                u32(in, 0x24),
                u32(in, 0x28),
                parameters,
                u32(in, 0x60),
                pae <= 1 ? Optional.of(pae == 1) : Optional.empty(),
                in.u32(0xf88),
                DumpKind.of(in.u32(0xf88)),
                HeaderException.read(in.slice(0x7d0, 0x50), false),
                u64(in, 0xfc0),
                u64(in, 0xfb8),
                u64(in, 0xfa0),
                comment(in, 0x820),
                u32(in, 0xf8c),
                u32(in, 0xf90),
                u32(in, 0xf94),
                u32(in, 0xf98),
                u32(in, 0xf9c),
                u32(in, 0x8a0));
    }

    private static long u32(Bytes in, long offset) {
        int value = in.s32(offset);
        return value == FILL_32 ? 0 : value & 0xffffffffL;
    }

    private static long u64(Bytes in, long offset) {
        long value = in.u64(offset);
        return value == FILL_64 ? 0 : value;
    }

    private static String comment(Bytes in, long offset) {
        String text = in.cString(offset, COMMENT_LENGTH);
        return text.startsWith("PAGE") ? "" : text;
    }
}
