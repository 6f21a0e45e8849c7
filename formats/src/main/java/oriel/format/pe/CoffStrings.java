package oriel.format.pe;

import java.nio.charset.StandardCharsets;
import oriel.bytes.Bytes;

/**
 * The string table behind the COFF symbols: a u32 size that counts itself, then NUL-terminated
 * names. Section headers and symbols with names longer than eight bytes point into it.
 */
final class CoffStrings {
    /** No table: long names come out as they are written. */
    static final CoffStrings NONE = new CoffStrings(Bytes.of(new byte[0], ""));

    private static final int SHORT_NAME = 8;
    private static final int LONGEST_SECTION = 256;

    private final Bytes table;

    private CoffStrings(Bytes table) {
        this.table = table;
    }

    /** The table that follows the symbols, as far as it is in the file. */
    static CoffStrings read(Bytes file, CoffHeader header) {
        long at = header.symbolTableFileOffset() + header.symbolCount() * CoffSymbolTable.ENTRY;
        return header.symbolTableFileOffset() == 0 ? NONE : at(file, at);
    }

    /** The table at an offset, as far as it is in the file. */
    static CoffStrings at(Bytes file, long at) {
        return file.contains(at, 4)
                ? new CoffStrings(file.slice(at, Math.min(file.u32(at), file.size() - at)))
                : NONE;
    }

    /** The name in a symbol: eight bytes, or zero and an offset into the table. */
    String symbolName(Bytes entry, NameBudget budget) {
        return entry.u32(0) == 0
                ? budget.spend(text(entry.u32(4), "", budget.limit()))
                : shortName(entry);
    }

    /** The name in a section header: eight bytes, /decimal or //base64 offset into the table. */
    String sectionName(Bytes header) {
        String name = shortName(header);
        if (!name.startsWith("/")) {
            return name;
        }
        long offset = name.startsWith("//") ? base64(name) : decimal(name);
        return offset < 0 ? name : text(offset, name, LONGEST_SECTION);
    }

    private String text(long offset, String otherwise, int limit) {
        return offset >= 4 && offset < table.size() ? table.cString(offset, limit) : otherwise;
    }

    private static String shortName(Bytes in) {
        int length = 0;
        while (length < SHORT_NAME && in.u8(length) != 0) {
            length++;
        }
        return new String(in.copy(0, length), StandardCharsets.UTF_8);
    }

    private static long decimal(String name) {
        long value = 0;
        for (int i = 1; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return name.length() > 1 ? value : -1;
    }

    private static long base64(String name) {
        long value = 0;
        for (int i = 2; i < name.length(); i++) {
            int digit =
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                            .indexOf(name.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = value * 64 + digit;
        }
        return name.length() > 2 ? value : -1;
    }
}
