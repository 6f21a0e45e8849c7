package oriel.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The machine and operating system of a target.
 *
 * @param platform which system wrote it
 * @param version major.minor.build as text, e.g. {@code 10.0.19041}
 * @param servicePack service pack or build text; may be empty
 * @param product workstation, server or domain controller when known
 * @param machine native architecture of the machine when known (X64 for a WOW64 process)
 * @param processors number of logical processors when known
 * @param cpu vendor, family, model, stepping in words; may be empty
 */
public record SystemInfo(
        Platform platform,
        String version,
        String servicePack,
        Optional<String> product,
        Optional<Architecture> machine,
        OptionalInt processors,
        String cpu) {
    /** Operating systems that write minidumps. */
    public enum Platform {
        WINDOWS,
        LINUX,
        MACOS,
        IOS,
        ANDROID,
        OTHER,
        UNKNOWN
    }

    /** What is known when nothing is known. */
    public static final SystemInfo UNKNOWN =
            new SystemInfo(
                    Platform.UNKNOWN,
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    "");
}
