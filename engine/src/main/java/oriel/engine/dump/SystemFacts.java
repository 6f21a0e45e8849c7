package oriel.engine.dump;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import oriel.format.minidump.Minidump;
import oriel.format.minidump.SystemInfoEntry;
import oriel.model.Architecture;
import oriel.model.SystemInfo;
import oriel.model.SystemInfo.Platform;

/** The machine and its system in words. */
final class SystemFacts {
    private SystemFacts() {}

    static SystemInfo of(Minidump dump, SystemInfoEntry info) {
        Platform platform = platform(info.platformId());
        return new SystemInfo(
                platform,
                info.majorVersion() + "." + info.minorVersion() + "." + info.buildNumber(),
                dump.string(info.csdVersionOffset(), "system info"),
                platform == Platform.WINDOWS ? product(info.productType()) : Optional.empty(),
                architecture(info.processor()),
                info.processorCount() == 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(info.processorCount()),
                cpu(info));
    }

    /** The architecture of a PROCESSOR_ARCHITECTURE_* number, or of Breakpad's own. */
    static Optional<Architecture> architecture(int processor) {
        return switch (processor) {
            case 0 -> Optional.of(Architecture.X86);
            case 5 -> Optional.of(Architecture.ARM);
            case 9 -> Optional.of(Architecture.X64);
            case 10 -> Optional.of(Architecture.X86);
            case 12, 0x8003 -> Optional.of(Architecture.ARM64);
            default -> Optional.empty();
        };
    }

    /** A processor in words, for those that Oriel cannot show. */
    static String processorName(int processor) {
        return switch (processor) {
            case 1, 0x8004 -> "MIPS";
            case 2 -> "Alpha";
            case 3, 0x8002 -> "PowerPC";
            case 4 -> "SuperH";
            case 6 -> "Itanium";
            case 0x8001 -> "SPARC";
            case 0x8005, 0x8006 -> "RISC-V";
            default -> "processor architecture " + processor;
        };
    }

    static Platform platform(long id) {
        if (id <= 3) {
            return Platform.WINDOWS;
        }
        return switch ((int) id) {
            case 0x8101 -> Platform.MACOS;
            case 0x8102 -> Platform.IOS;
            case 0x8201 -> Platform.LINUX;
            case 0x8203 -> Platform.ANDROID;
            default -> Platform.OTHER;
        };
    }

    private static Optional<String> product(int type) {
        return switch (type) {
            case 1 -> Optional.of("workstation");
            case 2 -> Optional.of("domain controller");
            case 3 -> Optional.of("server");
            default -> Optional.empty();
        };
    }

    private static String cpu(SystemInfoEntry info) {
        boolean intel = info.processor() == 0 || info.processor() == 9 || info.processor() == 10;
        if (!intel) {
            return info.processorLevel() == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "level %d revision %x",
                            info.processorLevel(),
                            info.processorRevision());
        }
        String vendor = info.cpuVendor();
        if (vendor.isEmpty() && info.processorLevel() == 0) {
            return "";
        }
        return (vendor.isEmpty() ? "" : vendor + " ")
                + "family "
                + info.processorLevel()
                + " model "
                + (info.processorRevision() >>> 8)
                + " stepping "
                + (info.processorRevision() & 0xff);
    }
}
