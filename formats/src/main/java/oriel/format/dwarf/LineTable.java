package oriel.format.dwarf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.LineSink;

/**
 * The rows of a line number program, run once and kept in primitive arrays by address. A program
 * ends with its bytes, so it cannot run for ever; one that breaks off keeps the rows before.
 */
final class LineTable {
    private static final int END = -1;

    private final List<String> files;
    private final int firstFile;
    private long[] addresses = new long[64];
    private int[] fileIndex = new int[64];
    private int[] lines = new int[64];
    private int[] columns = new int[64];
    private int count;

    private LineTable(List<String> files, int firstFile) {
        this.files = files;
        this.firstFile = firstFile;
    }

    static LineTable read(DwarfSections sections, DwarfUnit unit) {
        Bytes all = sections.line();
        var in = new DwarfCursor(all, unit.lineOffset());
        long length = in.u32();
        int offsetSize = 4;
        if (length == 0xffffffffL) {
            length = in.u64();
            offsetSize = 8;
        }
        Bytes program = all.slice(0, in.at() + Math.min(length, all.size() - in.at()));
        in = new DwarfCursor(program, in.at());
        LineHeader header = LineHeader.read(in, offsetSize, unit, sections);
        var table = new LineTable(header.files(), header.version() >= 5 ? 0 : 1);
        try {
            table.run(in, header);
        } catch (FormatException e) {
            // The rows before the damage stay.
        }
        table.sort();
        return table;
    }

    /** The place in the source of an address. */
    Optional<DwarfLine> at(long address) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (addresses[middle] <= address) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0 || fileIndex[high] == END || lines[high] == 0) {
            return Optional.empty();
        }
        return Optional.of(new DwarfLine(file(fileIndex[high]), lines[high], columns[high]));
    }

    /** Takes the rows of the files that are wanted. */
    void forEach(Predicate<String> wanted, LineSink sink) {
        var chosen = new boolean[files.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = wanted.test(files.get(i));
        }
        for (int i = 0; i < count; i++) {
            int file = fileIndex[i] - firstFile;
            if (file >= 0 && file < chosen.length && chosen[file] && lines[i] > 0) {
                sink.accept(lines[i], addresses[i]);
            }
        }
    }

    /** A file by the number that entries use for it; empty when there is none. */
    String file(long number) {
        long index = number - firstFile;
        return index >= 0 && index < files.size() ? files.get((int) index) : "";
    }

    private void run(DwarfCursor in, LineHeader header) {
        long address = 0;
        long file = 1;
        long line = 1;
        long column = 0;
        while (!in.atEnd()) {
            int code = in.u8();
            if (code >= header.opcodeBase()) {
                int special = code - header.opcodeBase();
                address += (long) (special / header.lineRange()) * header.minimumLength();
                line += header.lineBase() + special % header.lineRange();
                row(address, file, line, column);
                continue;
            }
            switch (code) {
                case 0 -> {
                    long size = in.uleb();
                    long next = in.at() + size;
                    int extended = size == 0 ? 0 : in.u8();
                    if (extended == 1) {
                        row(address, END, 0, 0);
                        address = 0;
                        file = 1;
                        line = 1;
                        column = 0;
                    } else if (extended == 2 && (size == 5 || size == 9)) {
                        address = in.number((int) size - 1);
                    }
                    in.skip(next - in.at());
                }
                case 1 -> row(address, file, line, column);
                case 2 -> address += in.uleb() * header.minimumLength();
                case 3 -> line += in.sleb();
                case 4 -> file = in.uleb();
                case 5 -> column = in.uleb();
                case 8 ->
                        address +=
                                (long) ((255 - header.opcodeBase()) / header.lineRange())
                                        * header.minimumLength();
                case 9 -> address += in.u16();
                default -> {
                    for (int i = 0; i < header.operands(code); i++) {
                        in.uleb();
                    }
                }
            }
        }
    }

    private void row(long address, long file, long line, long column) {
        if (count == addresses.length) {
            int room = count * 2;
            addresses = Arrays.copyOf(addresses, room);
            fileIndex = Arrays.copyOf(fileIndex, room);
            lines = Arrays.copyOf(lines, room);
            columns = Arrays.copyOf(columns, room);
        }
        addresses[count] = address;
        fileIndex[count] = file == END ? END : (int) Math.min(file, Integer.MAX_VALUE);
        lines[count] = (int) Math.max(0, Math.min(line, Integer.MAX_VALUE));
        columns[count] = (int) Math.max(0, Math.min(column, Integer.MAX_VALUE));
        count++;
    }

    /** By address; at one address an end comes first, then rows in the order of the program. */
    private void sort() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) ->
                        addresses[a] != addresses[b]
                                ? Long.compare(addresses[a], addresses[b])
                                : fileIndex[a] == END != (fileIndex[b] == END)
                                        ? fileIndex[a] == END ? -1 : 1
                                        : Integer.compare(a, b));
        var newAddresses = new long[count];
        for (int i = 0; i < count; i++) {
            newAddresses[i] = addresses[order[i]];
        }
        addresses = newAddresses;
        fileIndex = reordered(fileIndex, order);
        lines = reordered(lines, order);
        columns = reordered(columns, order);
    }

    private static int[] reordered(int[] values, Integer[] order) {
        var result = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            result[i] = values[order[i]];
        }
        return result;
    }
}
