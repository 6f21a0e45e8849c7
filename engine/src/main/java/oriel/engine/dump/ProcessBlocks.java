package oriel.engine.dump;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * What the environment blocks of process and thread (PEB, TEB) and the process parameters tell,
 * where the dump holds their memory. Offsets are those of public ntdll symbols; they have been the
 * same since Windows XP for x86 and x64.
 */
final class ProcessBlocks {
    private static final int LONGEST_ENVIRONMENT = 1 << 18;

    private final Memory memory;
    private final Architecture architecture;
    private final boolean wide;

    ProcessBlocks(Memory memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
        this.wide = architecture.is64Bit();
    }

    /** TEB.ProcessEnvironmentBlock of the first thread that tells. */
    OptionalLong peb(List<DumpThread> threads) {
        for (DumpThread thread : threads) {
            OptionalLong peb =
                    thread.tebVa().isPresent()
                            ? pointer(thread.tebVa().getAsLong() + (wide ? 0x60 : 0x30))
                            : OptionalLong.empty();
            if (peb.isPresent() && peb.getAsLong() != 0) {
                return peb;
            }
        }
        return OptionalLong.empty();
    }

    /** The end of the stack, from NT_TIB.StackBase, if it lies above the stack pointer. */
    OptionalLong stackBase(long tebVa, long sp) {
        OptionalLong base =
                tebVa == 0 ? OptionalLong.empty() : pointer(tebVa + architecture.pointerSize());
        OptionalLong limit =
                tebVa == 0 ? OptionalLong.empty() : pointer(tebVa + 2 * architecture.pointerSize());
        boolean sound =
                base.isPresent()
                        && limit.isPresent()
                        && AddressRange.compare(limit.getAsLong(), base.getAsLong()) < 0
                        && AddressRange.compare(sp, base.getAsLong()) < 0;
        return sound ? base : OptionalLong.empty();
    }

    /** PEB.BeingDebugged. */
    Optional<Boolean> beingDebugged(long pebVa) {
        OptionalLong flag = memory.unsigned(pebVa + 2, 1);
        return flag.isPresent() ? Optional.of(flag.getAsLong() != 0) : Optional.empty();
    }

    /** PEB.NtGlobalFlag. */
    OptionalLong globalFlag(long pebVa) {
        return memory.unsigned(pebVa + (wide ? 0xbc : 0x68), 4);
    }

    /** PEB.OSMajorVersion, OSMinorVersion and OSBuildNumber; empty when not readable. */
    String systemVersion(List<DumpThread> threads) {
        OptionalLong peb = peb(threads);
        long at = peb.orElse(0) + (wide ? 0x118 : 0xa4);
        OptionalLong major = memory.unsigned(at, 4);
        OptionalLong minor = memory.unsigned(at + 4, 4);
        OptionalLong build = memory.unsigned(at + 8, 2);
        return peb.isEmpty() || major.isEmpty() || minor.isEmpty() || build.isEmpty()
                ? ""
                : major.getAsLong() + "." + minor.getAsLong() + "." + build.getAsLong();
    }

    /** RTL_USER_PROCESS_PARAMETERS.ImagePathName. */
    Optional<String> imagePath(long pebVa) {
        return parameter(pebVa, wide ? 0x60 : 0x38);
    }

    /** RTL_USER_PROCESS_PARAMETERS.CommandLine. */
    Optional<String> commandLine(long pebVa) {
        return parameter(pebVa, wide ? 0x70 : 0x40);
    }

    /** RTL_USER_PROCESS_PARAMETERS.CurrentDirectory. */
    Optional<String> currentDirectory(long pebVa) {
        return parameter(pebVa, wide ? 0x38 : 0x24);
    }

    /**
     * RTL_USER_PROCESS_PARAMETERS.Environment: strings with a NUL behind each, an empty one last.
     */
    List<String> environment(long pebVa) {
        OptionalLong parameters = parameters(pebVa);
        OptionalLong block =
                parameters.isPresent()
                        ? pointer(parameters.getAsLong() + (wide ? 0x80 : 0x48))
                        : OptionalLong.empty();
        if (block.isEmpty() || block.getAsLong() == 0) {
            return List.of();
        }
        byte[] bytes = memory.readUpTo(block.getAsLong(), LONGEST_ENVIRONMENT);
        var entries = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            if (bytes[i] == 0 && bytes[i + 1] == 0) {
                if (i == start) {
                    break;
                }
                entries.add(new String(bytes, start, i - start, StandardCharsets.UTF_16LE));
                start = i + 2;
            }
        }
        return entries;
    }

    private Optional<String> parameter(long pebVa, int offset) {
        OptionalLong parameters = parameters(pebVa);
        return parameters.isPresent()
                ? unicodeString(parameters.getAsLong() + offset)
                : Optional.empty();
    }

    private OptionalLong parameters(long pebVa) {
        OptionalLong va = pointer(pebVa + (wide ? 0x20 : 0x10));
        return va.isPresent() && va.getAsLong() != 0 ? va : OptionalLong.empty();
    }

    /** UNICODE_STRING: u16 length in bytes, u16 room, pointer. */
    private Optional<String> unicodeString(long va) {
        OptionalLong length = memory.unsigned(va, 2);
        OptionalLong buffer = pointer(va + architecture.pointerSize());
        if (length.isEmpty() || buffer.isEmpty() || buffer.getAsLong() == 0) {
            return Optional.empty();
        }
        int bytes = (int) length.getAsLong() & ~1;
        byte[] text = memory.readUpTo(buffer.getAsLong(), bytes);
        return text.length == bytes && bytes > 0
                ? Optional.of(new String(text, StandardCharsets.UTF_16LE))
                : Optional.empty();
    }

    private OptionalLong pointer(long va) {
        return memory.pointer(va, architecture);
    }
}
