package oriel.engine.dump;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Windows times in Java's words. */
final class Times {
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

    private Times() {}

    /** A FILETIME: 100 ns units since 1601; empty for 0 and for what no clock shows. */
    static Optional<Instant> instant(long fileTime) {
        return fileTime <= 0
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochSecond(
                                fileTime / UNITS_PER_SECOND - SECONDS_1601_TO_1970,
                                fileTime % UNITS_PER_SECOND * 100));
    }

    /** Seconds since 1970; empty for 0. */
    static Optional<Instant> epoch(long seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** A length of time in 100 ns units. */
    static Optional<Duration> duration(long units) {
        return units < 0
                ? Optional.empty()
                : Optional.of(
                        Duration.ofSeconds(
                                units / UNITS_PER_SECOND, units % UNITS_PER_SECOND * 100));
    }

    /** A point in time as a FILETIME. */
    static long fileTime(Instant time) {
        return (time.getEpochSecond() + SECONDS_1601_TO_1970) * UNITS_PER_SECOND
                + time.getNano() / 100;
    }

    /** A length of time in 100 ns units. */
    static long units(Duration time) {
        return time.getSeconds() * UNITS_PER_SECOND + time.getNano() / 100;
    }
}
