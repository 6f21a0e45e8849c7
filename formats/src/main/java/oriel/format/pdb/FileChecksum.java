package oriel.format.pdb;

import java.util.Locale;

/**
 * A source file of a module and the checksum that the compiler took of it.
 *
 * @param nameOffset of its path in the string table
 * @param kind how the checksum was made
 * @param digits the checksum as hexadecimal digits
 */
public record FileChecksum(long nameOffset, Kind kind, String digits) {
    /** Kinds of checksums, in the order of their numbers. */
    public enum Kind {
        NONE,
        MD5,
        SHA1,
        SHA256;

        /** The kind of a number; {@link #NONE} for unknown ones. */
        static Kind of(int number) {
            return number < values().length ? values()[number] : NONE;
        }
    }

    static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }
}
