package oriel.engine.python;

/** Lines of byte code: the table of 3.11 and newer (Objects/locations.md of CPython). */
final class LocationTable {
    private final byte[] table;
    private int at;

    private LocationTable(byte[] table) {
        this.table = table;
    }

    /**
     * The line of the code at an offset; that of the last entry before it where it has none.
     *
     * @param firstLine of the function
     * @param offset in bytes from the beginning of the code
     */
    static int line(byte[] table, int firstLine, long offset) {
        var reader = new LocationTable(table);
        int line = firstLine;
        long start = 0;
        while (reader.at < table.length) {
            int head = reader.next();
            int code = head >> 3 & 15;
            line += reader.lineDelta(code);
            start += 2L * ((head & 7) + 1);
            if (start > offset) {
                return line;
            }
        }
        return line;
    }

    private int lineDelta(int code) {
        return switch (code) {
            case 15 -> 0;
            case 14 -> {
                int delta = signed();
                unsigned();
                unsigned();
                unsigned();
                yield delta;
            }
            case 13 -> signed();
            case 10, 11, 12 -> {
                at += 2;
                yield code - 10;
            }
            default -> {
                at++;
                yield 0;
            }
        };
    }

    private int next() {
        return at < table.length ? table[at++] & 0xff : 0;
    }

    /** Groups of six bits, lowest first; bit 6 says that more follow. */
    private int unsigned() {
        int value = 0;
        int shift = 0;
        int group = next();
        while ((group & 0x40) != 0 && shift < 30) {
            value |= (group & 0x3f) << shift;
            shift += 6;
            group = next();
        }
        return value | (group & 0x3f) << shift;
    }

    private int signed() {
        int value = unsigned();
        return (value & 1) != 0 ? -(value >>> 1) : value >>> 1;
    }
}
