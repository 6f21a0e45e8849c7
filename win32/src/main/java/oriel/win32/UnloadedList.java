package oriel.win32;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import oriel.bytes.Bytes;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.UnloadedModule;
import oriel.win32.raw.Ntdll;

/**
 * The last modules that a process unloaded, as its ntdll keeps them (RTL_UNLOAD_EVENT_TRACE in the
 * documentation of RtlGetUnloadEventTraceEx). Empty where the place of the table cannot be had.
 */
final class UnloadedList {
    private static final int MOST = 1 << 12;
    private static final int MOST_SIZE = 1 << 10;
    private static final int NAME_LENGTH = 64;

    /** RTL_UNLOAD_EVENT_TRACE_NUMBER, where only the function tells the place of the table. */
    private static final int USUAL_COUNT = 64;

    private UnloadedList() {}

    /** Where the table is, and how large. */
    private record Table(long va, int count, int size) {}

    private record Entry(long sequence, UnloadedModule module) {}

    static List<UnloadedModule> read(
            WindowsProcess process, Architecture architecture, List<LoadedModule> modules) {
        boolean own = architecture == process.machine();
        Table table = own ? told(process) : guessed(process, architecture, modules);
        int word = architecture.pointerSize();
        int fixed = 2 * word + 12;
        if (table.va() == 0 || table.size() < fixed + NAME_LENGTH || table.size() > MOST_SIZE) {
            return List.of();
        }
        int count = Math.min(table.count(), MOST);
        Bytes all =
                Bytes.of(
                        process.memory().readUpTo(table.va(), count * table.size()),
                        "table of unloaded modules");
        var found = new ArrayList<Entry>();
        for (int i = 0; i < count && all.contains((long) i * table.size(), table.size()); i++) {
            Bytes in = all.slice((long) i * table.size(), table.size());
            long base = word == 8 ? in.u64(0) : in.u32(0);
            long size = word == 8 ? in.u64(word) : in.u32(word);
            // The table of a 32-bit process may have been guessed wrong.
            if (base == 0 || size <= 0 || size > 1L << 31 || (base & 0xffff) != 0) {
                continue;
            }
            found.add(
                    new Entry(
                            in.u32(2L * word),
                            new UnloadedModule(
                                    new AddressRange(base, size),
                                    name(in.copy(fixed, NAME_LENGTH)),
                                    in.u32(2L * word + 4),
                                    in.u32(2L * word + 8))));
        }
        found.sort(Comparator.comparingLong(Entry::sequence));
        return found.stream().map(Entry::module).toList();
    }

    /**
     * Asks the ntdll of this program, which lies where that of every program of its width lies; the
     * pointer to the table is then read from the process.
     */
    private static Table told(WindowsProcess process) {
        var size = new long[1];
        var count = new long[1];
        var table = new long[1];
        Ntdll.RtlGetUnloadEventTraceEx(size, count, table);
        ProcessMemory memory = process.memory();
        if (size[0] == 0 || count[0] == 0 || table[0] == 0) {
            return new Table(0, 0, 0);
        }
        return new Table(
                memory.pointer(table[0], process.machine()).orElse(0),
                (int) memory.unsigned(count[0], 4).orElse(0),
                (int) memory.unsigned(size[0], 4).orElse(0));
    }

    /**
     * The table of 32-bit programs: RtlGetUnloadEventTrace does nothing but return its address, by
     * {@code mov eax, imm32}.
     */
    private static Table guessed(
            WindowsProcess process, Architecture architecture, List<LoadedModule> modules) {
        for (LoadedModule module : modules) {
            if (!module.label().equalsIgnoreCase("ntdll") || architecture != Architecture.X86) {
                continue;
            }
            OptionalLong va = process.exports(module).address("RtlGetUnloadEventTrace");
            byte[] code = process.memory().readUpTo(va.orElse(0), 16);
            for (int i = 0; i + 5 <= code.length; i++) {
                long place = Bytes.of(code, "code of ntdll").u32(i + 1L);
                if (code[i] == (byte) 0xb8 && module.range().contains(place)) {
                    return new Table(place, USUAL_COUNT, 4 + 4 + 12 + NAME_LENGTH + 8);
                }
            }
        }
        return new Table(0, 0, 0);
    }

    private static String name(byte[] utf16) {
        String text = new String(utf16, StandardCharsets.UTF_16LE);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
