package oriel.format.minidump;

import oriel.bytes.Bytes;

/**
 * A time zone: TIME_ZONE_INFORMATION.
 *
 * @param state TIME_ZONE_ID_*: 0 not known, 1 standard time, 2 daylight saving time
 * @param biasMinutes what to add to local time to get UTC
 * @param standardName of standard time
 * @param standardBiasMinutes added to {@code biasMinutes} during standard time
 * @param daylightName of daylight saving time
 * @param daylightBiasMinutes added to {@code biasMinutes} during daylight saving time
 */
public record TimeZoneEntry(
        long state,
        int biasMinutes,
        String standardName,
        int standardBiasMinutes,
        String daylightName,
        int daylightBiasMinutes) {
    static final int SIZE = 172;

    static TimeZoneEntry read(long state, Bytes in) {
        return new TimeZoneEntry(
                state,
                in.s32(0),
                Text.utf16(in, 4, 64),
                in.s32(84),
                Text.utf16(in, 88, 64),
                in.s32(168));
    }
}
