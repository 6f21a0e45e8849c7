package oriel.app.render;

import java.time.Duration;
import java.time.Instant;

/** Times for people. Written without java.time.format, which takes long to load. */
public final class Durations {
    private static final long DAY = 86_400;

    private Durations() {}

    /** {@code 2 d 3 h}, {@code 4 min 5 s}, {@code 1.250 s}, {@code 15 ms}, {@code 0 s}. */
    public static String text(Duration duration) {
        long seconds = duration.getSeconds();
        int millis = duration.getNano() / 1_000_000;
        if (seconds < 0) {
            return "-" + text(duration.negated());
        }
        if (seconds >= DAY) {
            return seconds / DAY + " d " + seconds % DAY / 3600 + " h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        if (seconds >= 60) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (millis == 0) {
            return seconds + " s";
        }
        if (seconds > 0) {
            String digits = Integer.toString(1000 + millis);
            return seconds + "." + digits.substring(1) + " s";
        }
        return millis + " ms";
    }

    /** {@code 2026-11-01 12:00:05 UTC}. */
    public static String text(Instant instant) {
        String iso = iso(instant);
        return iso.substring(0, 10) + " " + iso.substring(11, 19) + " UTC";
    }

    /**
     * {@code 2026-11-01T12:00:05Z}; a fraction is cut. Years outside 0 to 9999 are kept in bounds.
     */
    static String iso(Instant instant) {
        long second =
                Math.max(-62_167_219_200L, Math.min(instant.getEpochSecond(), 253_402_300_799L));
        long day = Math.floorDiv(second, DAY);
        int rest = (int) Math.floorMod(second, DAY);
        var date = java.time.LocalDate.ofEpochDay(day);
        var text = new StringBuilder(20);
        String year = Integer.toString(10_000 + date.getYear());
        text.append(year, 1, 5).append('-');
        two(text, date.getMonthValue()).append('-');
        two(text, date.getDayOfMonth()).append('T');
        two(text, rest / 3600).append(':');
        two(text, rest % 3600 / 60).append(':');
        return two(text, rest % 60).append('Z').toString();
    }

    private static StringBuilder two(StringBuilder text, int value) {
        return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }
}
