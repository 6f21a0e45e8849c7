package oriel.format.dwarf;

import java.util.ArrayList;
import java.util.List;

/**
 * The header of a line number program.
 *
 * @param version 2 to 5
 * @param minimumLength of an instruction
 * @param lineBase least advance of a special opcode
 * @param lineRange number of advances of special opcodes, at least 1
 * @param opcodeBase first special opcode
 * @param operandCounts of the standard opcodes, from 1
 * @param files full paths, from the first number of the version
 */
record LineHeader(
        int version,
        int minimumLength,
        int lineBase,
        int lineRange,
        int opcodeBase,
        int[] operandCounts,
        List<String> files) {
    private static final int CONTENT_PATH = 1;
    private static final int CONTENT_DIRECTORY = 2;

    static LineHeader read(DwarfCursor in, int offsetSize, DwarfUnit unit, DwarfSections sections) {
        int version = in.u16();
        if (version < 2 || version > 5) {
            throw in.error("line table of version " + version);
        }
        int addressSize = unit.header().addressSize();
        if (version >= 5) {
            addressSize = in.u8();
            in.u8();
        }
        long headerSize = in.number(offsetSize);
        long program = in.at() + headerSize;
        int minimumLength = in.u8();
        if (version >= 4) {
            in.u8();
        }
        in.u8();
        int lineBase = in.s8();
        int lineRange = Math.max(1, in.u8());
        int opcodeBase = Math.max(1, in.u8());
        var operandCounts = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operandCounts[i] = in.u8();
        }
        List<String> files;
        if (version >= 5) {
            var form = new UnitHeader(0, 0, version, offsetSize, addressSize, 0, 0);
            var reader = new EntryReader(in, form, unit, sections);
            List<String> directories = reader.read(List.of(), unit.directory());
            files = reader.read(directories, unit.directory());
        } else {
            files = oldFiles(in, unit, sections);
        }
        in.skip(program - in.at());
        return new LineHeader(
                version, minimumLength, lineBase, lineRange, opcodeBase, operandCounts, files);
    }

    int operands(int opcode) {
        return operandCounts[opcode];
    }

    private static List<String> oldFiles(DwarfCursor in, DwarfUnit unit, DwarfSections sections) {
        var directories = new ArrayList<String>();
        directories.add(unit.directory());
        while (true) {
            String directory = DwarfSections.text(sections.line(), in.text());
            if (directory.isEmpty()) {
                break;
            }
            directories.add(join(unit.directory(), directory));
        }
        var files = new ArrayList<String>();
        while (true) {
            String file = DwarfSections.text(sections.line(), in.text());
            if (file.isEmpty()) {
                break;
            }
            long directory = in.uleb();
            in.uleb();
            in.uleb();
            files.add(join(at(directories, directory), file));
        }
        return files;
    }

    private static String at(List<String> list, long index) {
        return index >= 0 && index < list.size() ? list.get((int) index) : "";
    }

    /** A path within a directory, unless it is absolute on Unix or Windows. */
    static String join(String directory, String path) {
        boolean absolute =
                path.startsWith("/")
                        || path.startsWith("\\")
                        || path.length() > 1 && path.charAt(1) == ':';
        if (absolute || directory.isEmpty()) {
            return path;
        }
        boolean windows = directory.indexOf('\\') >= 0 && directory.indexOf('/') < 0;
        boolean ended = directory.endsWith("/") || directory.endsWith("\\");
        return directory + (ended ? "" : windows ? "\\" : "/") + path;
    }

    /** The tables of directories and files of version 5, which describe their own fields. */
    private record EntryReader(
            DwarfCursor in, UnitHeader form, DwarfUnit unit, DwarfSections sections) {
        List<String> read(List<String> directories, String base) {
            int formats = in.u8();
            var kinds = new int[formats];
            var forms = new int[formats];
            for (int i = 0; i < formats; i++) {
                kinds[i] = (int) in.uleb();
                forms[i] = (int) in.uleb();
            }
            long count = in.uleb();
            var entries = new ArrayList<String>();
            if (formats == 0) {
                return entries;
            }
            var value = new AttributeValue();
            for (long i = 0; i < count; i++) {
                String path = "";
                long directory = 0;
                long before = in.at();
                for (int k = 0; k < formats; k++) {
                    value.read(in, form, forms[k], 0);
                    if (kinds[k] == CONTENT_PATH) {
                        path =
                                value.kind == AttributeValue.Kind.TEXT_INLINE
                                        ? DwarfSections.text(sections.line(), value.number)
                                        : unit.text(value);
                    } else if (kinds[k] == CONTENT_DIRECTORY) {
                        directory = value.number;
                    }
                }
                if (in.at() == before) {
                    throw in.error("entries of no bytes");
                }
                entries.add(join(directories.isEmpty() ? base : at(directories, directory), path));
            }
            return entries;
        }
    }
}
