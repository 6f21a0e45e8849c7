package oriel.win32;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times of Windows: 100 ns units, since 1601 when they are points in time. */
final class FileTimes {
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long EPOCH_SECONDS = 11_644_473_600L;

    private FileTimes() {}

    static Optional<Instant> instant(long units) {
        if (units <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                Instant.ofEpochSecond(
                        units / UNITS_PER_SECOND - EPOCH_SECONDS, units % UNITS_PER_SECOND * 100));
    }

    static Duration duration(long units) {
        return Duration.ofSeconds(units / UNITS_PER_SECOND, units % UNITS_PER_SECOND * 100);
    }
}
