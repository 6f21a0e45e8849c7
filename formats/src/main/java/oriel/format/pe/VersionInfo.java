package oriel.format.pe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.ModuleVersion;

/**
 * A version resource (VS_VERSIONINFO).
 *
 * @param fixed VS_FIXEDFILEINFO when it is there
 * @param tables strings by language, in file order
 */
public record VersionInfo(Optional<Fixed> fixed, List<Strings> tables) {
    private static final long SIGNATURE = 0xfeef04bdL;
    private static final int HEADER = 6;
    private static final int FIXED_SIZE = 52;

    /** Copies the tables. */
    public VersionInfo {
        tables = List.copyOf(tables);
    }

    /**
     * VS_FIXEDFILEINFO.
     *
     * @param fileVersion of the file
     * @param productVersion of the product
     * @param flags VS_FF_* bits, those outside the mask cleared
     * @param operatingSystem VOS_* number
     * @param type VFT_* number: 1 application, 2 DLL, 3 driver
     * @param subtype VFT2_* number
     */
    public record Fixed(
            ModuleVersion fileVersion,
            ModuleVersion productVersion,
            long flags,
            long operatingSystem,
            long type,
            long subtype) {}

    /**
     * The strings of one language.
     *
     * @param language eight hexadecimal digits: LANGID and code page, e.g. 040904b0
     * @param values by name, in file order
     */
    public record Strings(String language, Map<String, String> values) {}

    /** A string by name (FileDescription, CompanyName, …) in the first language that has it. */
    public Optional<String> string(String name) {
        for (Strings table : tables) {
            String value = table.values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads the resource; blocks that are broken are left out.
     *
     * @throws FormatException when it does not begin like a version resource
     */
    static VersionInfo read(Bytes in) {
        var root = new Block(in, 0);
        if (!root.key.equals("VS_VERSION_INFO")) {
            throw in.error(HEADER, "not a version resource: key '" + root.key + "'");
        }
        Bytes value = in.slice(root.value, Math.min(in.size() - root.value, FIXED_SIZE));
        boolean present = root.valueLength >= FIXED_SIZE && value.size() == FIXED_SIZE;
        Optional<Fixed> fixed =
                present && value.u32(0) == SIGNATURE ? Optional.of(fixed(value)) : Optional.empty();
        var tables = new ArrayList<Strings>();
        for (Block info : children(in, root.value + root.valueLength, root.end)) {
            if (info.key.equals("StringFileInfo")) {
                for (Block table : children(in, info.value, info.end)) {
                    tables.add(strings(in, table));
                }
            }
        }
        return new VersionInfo(fixed, tables);
    }

    private static Fixed fixed(Bytes in) {
        return new Fixed(
                ModuleVersion.of(in.u32(8), in.u32(12)),
                ModuleVersion.of(in.u32(16), in.u32(20)),
                in.u32(24) & in.u32(28),
                in.u32(32),
                in.u32(36),
                in.u32(40));
    }

    private static Strings strings(Bytes in, Block table) {
        var values = new LinkedHashMap<String, String>();
        for (Block string : children(in, table.value, table.end)) {
            values.put(string.key, text(in, string.value, string.end));
        }
        return new Strings(table.key, Collections.unmodifiableMap(values));
    }

    /**
     * Writers disagree whether the length of a text counts bytes or characters: it ends with NUL.
     */
    private static String text(Bytes in, long start, long end) {
        long at = start;
        while (at + 2 <= end && in.u16(at) != 0) {
            at += 2;
        }
        return start < at ? in.utf16(start, (int) (at - start)) : "";
    }

    private static List<Block> children(Bytes in, long start, long end) {
        var list = new ArrayList<Block>();
        long at = start + 3 & -4;
        while (at + HEADER < end && in.u16(at) >= HEADER) {
            var block = new Block(in, at);
            list.add(block);
            at = block.end + 3 & -4;
        }
        return list;
    }

    /** A length, the length of a value, a kind, a key in UTF-16, then the value at the next 4. */
    private static final class Block {
        final int valueLength;
        final String key;
        final long value;
        final long end;

        Block(Bytes in, long at) {
            end = Math.min(in.size(), at + in.u16(at));
            valueLength = in.u16(at + 2);
            long name = at + HEADER;
            key = text(in, name, end);
            value = Math.min(end, name + key.length() * 2L + 2 + 3 & -4);
        }
    }
}
