package oriel.format.pe;

import java.util.function.Consumer;
import oriel.bytes.Bytes;

/** The COFF symbol table of an image, read from the file on demand. */
public final class CoffSymbolTable {
    static final int ENTRY = 18;

    private final Bytes entries;
    private final int count;
    private final CoffStrings strings;

    private CoffSymbolTable(Bytes entries, int count, CoffStrings strings) {
        this.entries = entries;
        this.count = count;
        this.strings = strings;
    }

    /**
     * The table that the header names.
     *
     * @throws oriel.bytes.FormatException when it does not fit into the file
     */
    static CoffSymbolTable read(Bytes file, CoffHeader header, CoffStrings strings) {
        long at = header.symbolTableFileOffset();
        int count = file.checkedCount(header.symbolCount(), ENTRY, at);
        return new CoffSymbolTable(file.slice(at, (long) count * ENTRY), count, strings);
    }

    /** A table with its names right behind it. */
    static CoffSymbolTable read(Bytes data, long at, int count) {
        long end = at + (long) count * ENTRY;
        return new CoffSymbolTable(
                data.slice(at, (long) count * ENTRY), count, CoffStrings.at(data, end));
    }

    /**
     * The entry behind another one.
     *
     * @throws oriel.bytes.FormatException when there is none
     */
    Bytes auxiliary(int index) {
        return entries.slice((index + 1L) * ENTRY, ENTRY);
    }

    /** Number of entries, auxiliary ones included. */
    public int size() {
        return count;
    }

    /** Streams all symbols in the order of the table. */
    public void forEach(Consumer<CoffSymbol> sink) {
        var budget = new NameBudget(entries.size());
        int i = 0;
        while (i < count) {
            CoffSymbol symbol = at(i, budget);
            sink.accept(symbol);
            i += 1 + symbol.auxiliaryCount();
        }
    }

    private CoffSymbol at(int index, NameBudget budget) {
        Bytes in = entries.slice((long) index * ENTRY, ENTRY);
        return new CoffSymbol(
                index,
                strings.symbolName(in, budget),
                in.u32(8),
                in.s16(12),
                in.u16(14),
                in.u8(16),
                in.u8(17));
    }
}
