package oriel.engine.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.model.Architecture;

/** Reads times and versions from KUSER_SHARED_DATA, which every kernel maps at a fixed address. */
final class KernelClock {
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
    private static final int INTERRUPT_TIME = 0x08;
    private static final int SYSTEM_TIME = 0x14;
    private static final int BUILD = 0x260;
    private static final int MAJOR = 0x26c;
    private static final int MINOR = 0x270;

    private final KernelMemory memory;

    KernelClock(KernelMemory memory) {
        this.memory = memory;
    }

    private static long sharedData(Architecture architecture) {
        return switch (architecture) {
            case X86 -> 0xffdf0000L;
            case ARM -> 0xffff9000L;
            case X64, ARM64 -> 0xfffff78000000000L;
        };
    }

    Optional<Instant> time() {
        OptionalLong units = units(SYSTEM_TIME);
        return units.isEmpty() || units.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochSecond(
                                units.getAsLong() / UNITS_PER_SECOND - SECONDS_1601_TO_1970,
                                units.getAsLong() % UNITS_PER_SECOND * 100));
    }

    Optional<Duration> uptime() {
        OptionalLong units = units(INTERRUPT_TIME);
        return units.isEmpty() || units.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(units.getAsLong() / UNITS_PER_SECOND));
    }

    /** Major.minor.build; empty when it cannot be read. */
    Optional<String> version() {
        long shared = sharedData(memory.architecture());
        OptionalLong major = memory.unsigned(shared + MAJOR, 4);
        OptionalLong minor = memory.unsigned(shared + MINOR, 4);
        OptionalLong build = memory.unsigned(shared + BUILD, 4);
        boolean likely =
                major.isPresent()
                        && minor.isPresent()
                        && major.getAsLong() >= 4
                        && major.getAsLong() <= 20;
        if (!likely) {
            return Optional.empty();
        }
        // Below Windows 10 the word is something else.
        boolean told = build.isPresent() && major.orElse(0) >= 10;
        return Optional.of(
                major.orElse(0)
                        + "."
                        + minor.orElse(0)
                        + (told ? "." + (build.orElse(0) & 0xffff) : ""));
    }

    /** A KSYSTEM_TIME: low half, high half, high half again. */
    private OptionalLong units(int offset) {
        long shared = sharedData(memory.architecture());
        OptionalLong low = memory.unsigned(shared + offset, 4);
        OptionalLong high = memory.unsigned(shared + offset + 4, 4);
        return low.isPresent() && high.isPresent()
                ? OptionalLong.of(high.getAsLong() << 32 | low.getAsLong())
                : OptionalLong.empty();
    }
}
