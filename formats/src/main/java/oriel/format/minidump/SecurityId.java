package oriel.format.minidump;

import oriel.bytes.Bytes;

/** Reads SIDs: u8 revision, u8 count, u48 authority in big-endian order, then count u32. */
final class SecurityId {
    private static final int HEADER = 8;
    private static final int MOST = 15;

    private SecurityId() {}

    /**
     * {@code S-1-5-32-544}.
     *
     * @throws oriel.bytes.FormatException when there is none
     */
    static String read(Bytes in, long at) {
        int count = in.u8(at + 1);
        if (in.u8(at) != 1 || count > MOST) {
            throw in.error(at, "no security identifier");
        }
        long authority = 0;
        for (int i = 2; i < HEADER; i++) {
            authority = authority << 8 | in.u8(at + i);
        }
        var text = new StringBuilder("S-1-").append(authority);
        for (int i = 0; i < count; i++) {
            text.append('-').append(in.u32(at + HEADER + 4L * i));
        }
        return text.toString();
    }
}
