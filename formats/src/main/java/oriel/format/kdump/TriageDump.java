package oriel.format.kdump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;

/**
 * The lists of a small dump: TRIAGE_DUMP32 or 64, which follows the header. All offsets in it are
 * offsets in the file. A part that is broken or not there is empty; what is broken is told to the
 * consumer of diagnostics. Immutable, safe for any thread if the consumer is.
 */
public final class TriageDump {
    private static final int MOST_NAME = 1024;
    private static final int MOST_BLOCKS = 1 << 20;
    private static final int MOST_DRIVERS = 10_000;

    /** MI_UNLOADED_DRIVERS. */
    private static final int MOST_UNLOADED = 50;

    private static final int VALID = 0x44475254;

    private final Bytes file;
    private final boolean is64;
    private final long at;
    private final Consumer<Diagnostic> problems;

    private TriageDump(Bytes file, boolean is64, Consumer<Diagnostic> problems) {
        this.file = file;
        this.is64 = is64;
        this.at = KernelDumpHeader.size(is64);
        this.problems = problems;
    }

    /** Empty when the file ends before the lists. */
    static Optional<TriageDump> of(Bytes file, boolean is64, Consumer<Diagnostic> problems) {
        var triage = new TriageDump(file, is64, problems);
        if (!file.contains(triage.at, is64 ? 0x80 : 0x68)) {
            problems.accept(new Diagnostic("triage lists", "the file ends before them"));
            return Optional.empty();
        }
        triage.checkEnd();
        return Optional.of(triage);
    }

    /** The writer puts its mark at the end, so that a dump that was not finished shows. */
    private void checkEnd() {
        long mark = field(0x08);
        if (!file.contains(mark, 4) || file.s32(mark) != VALID) {
            problems.accept(
                    new Diagnostic(
                            "triage lists",
                            "the mark of a finished dump (TRGD) is not at 0x"
                                    + Long.toHexString(mark)));
        }
    }

    private long field(int offset) {
        return file.u32(at + offset);
    }

    /**
     * Service pack in the upper half, build number of the kernel in the lower; 0 when not known.
     */
    public long servicePackBuild() {
        return field(0x00);
    }

    /** Bytes of the dump; secondary data may follow. */
    public long sizeBytes() {
        return field(0x04);
    }

    /** CONTEXT of the crash. */
    public Bytes context() {
        return from(field(0x0c));
    }

    /** Where the exception record lies; 0 when there is none. */
    public long exceptionOffset() {
        return field(0x10);
    }

    /** KPRCB of the processor that crashed. */
    public Bytes prcb() {
        return from(field(0x1c));
    }

    /** EPROCESS of the process that ran. */
    public Bytes process() {
        return from(field(0x20));
    }

    /** ETHREAD of the thread that ran. */
    public Bytes thread() {
        return from(field(0x24));
    }

    /** Address of the first byte of the saved part of the stack: the stack pointer, as a rule. */
    public long stackVa() {
        return is64 ? file.u64(at + 0x48) : field(0x48);
    }

    /** The saved part of the stack. */
    public Optional<TriageBlock> stack() {
        return block("stack", stackVa(), field(0x28), field(0x2c));
    }

    /** A page that a bug check wanted saved. */
    public Optional<TriageBlock> dataPage() {
        long va = is64 ? file.u64(at + 0x60) : field(0x4c);
        int offset = is64 ? 0x68 : 0x50;
        return va == 0
                ? Optional.empty()
                : block("data page", va, field(offset), field(offset + 4));
    }

    /**
     * KDDEBUGGER_DATA64.
     *
     * @param va where the header says that it lay
     */
    public Optional<TriageBlock> debuggerData(long va) {
        int offset = is64 ? 0x70 : 0x58;
        return va == 0 || field(offset) == 0
                ? Optional.empty()
                : block("debugger data", va, field(offset), field(offset + 4));
    }

    /** Other pieces of memory, in the order of the dump. */
    public List<TriageBlock> dataBlocks() {
        long table = field(is64 ? 0x78 : 0x60);
        long claimed = field(is64 ? 0x7c : 0x64);
        if (table == 0 || claimed == 0) {
            return List.of();
        }
        int count = count("data blocks", table, claimed, 16, MOST_BLOCKS);
        var blocks = new ArrayList<TriageBlock>(count);
        int lost = 0;
        for (int i = 0; i < count; i++) {
            long entry = table + 16L * i;
            long va = is64 ? file.u64(entry) : file.u64(entry) & 0xffffffffL;
            long offset = file.u32(entry + 8);
            long size = file.u32(entry + 12);
            if (size == 0) {
                continue;
            }
            if (file.contains(offset, size)) {
                blocks.add(new TriageBlock(va, offset, size));
            } else {
                lost++;
            }
        }
        if (lost > 0) {
            problems.accept(
                    new Diagnostic(
                            "data blocks",
                            lost + " of " + count + " are behind the end of the file"));
        }
        return List.copyOf(blocks);
    }

    private Optional<TriageBlock> block(String subject, long va, long offset, long size) {
        if (offset == 0 || size == 0) {
            return Optional.empty();
        }
        if (offset >= file.size()) {
            problems.accept(
                    new Diagnostic(
                            subject,
                            "lies behind the end of the file: 0x" + Long.toHexString(offset)));
            return Optional.empty();
        }
        long there = Math.min(size, file.size() - offset);
        if (there < size) {
            problems.accept(
                    new Diagnostic(subject, "of " + size + " bytes " + there + " are in the file"));
        }
        return Optional.of(new TriageBlock(va, offset, there));
    }

    private Bytes from(long offset) {
        return offset > 0 && offset < file.size() ? file.from(offset) : file.slice(0, 0);
    }

    private int count(String subject, long table, long claimed, int size, int most) {
        try {
            return Math.min(file.checkedCount(claimed, size, table), most);
        } catch (FormatException e) {
            problems.accept(new Diagnostic(subject, e.getMessage()));
            long room = table >= file.size() ? 0 : (file.size() - table) / size;
            return (int) Math.min(room, most);
        }
    }

    // Drivers

    /** The drivers, as far as their entries look like ones. */
    public List<TriageDriver> drivers() {
        long table = field(0x30);
        long claimed = field(0x34);
        if (table == 0 || claimed == 0) {
            return List.of();
        }
        int stride = stride(table, claimed);
        int count = count("drivers", table, claimed, stride, MOST_DRIVERS);
        var drivers = new ArrayList<TriageDriver>(count);
        for (int i = 0; i < count; i++) {
            long entry = table + (long) i * stride;
            if (looksLikeDriver(entry)) {
                drivers.add(driver(entry));
            }
        }
        if (drivers.size() < count) {
            problems.accept(
                    new Diagnostic(
                            "drivers",
                            (count - drivers.size())
                                    + " of "
                                    + count
                                    + " entries are none and left out"));
        }
        return List.copyOf(drivers);
    }

    /** The driver that the kernel blames; empty as a rule. */
    public Optional<TriageDriver> brokenDriver() {
        long entry = field(0x40);
        return entry != 0 && looksLikeDriver(entry) ? Optional.of(driver(entry)) : Optional.empty();
    }

    /** Entries grew over the versions: the pool of names behind them tells, or else their looks. */
    private int stride(long table, long count) {
        int usual = is64 ? 0x90 : 0x4c;
        long pool = field(0x38);
        long told = pool > table ? (pool - table) / count : 0;
        int[] candidates = {
            (int) Math.min(told, 0x400), usual, is64 ? 0x98 : 0x50, is64 ? 0xa8 : 0x58
        };
        int best = usual;
        int bestScore = -1;
        for (int candidate : candidates) {
            if (candidate < (is64 ? 0x50 : 0x28)) {
                continue;
            }
            int score = 0;
            for (int i = 0; i < Math.min(count, 16); i++) {
                score += looksLikeDriver(table + (long) i * candidate) ? 1 : 0;
            }
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private boolean looksLikeDriver(long entry) {
        if (!file.contains(entry, is64 ? 0x4c : 0x28)) {
            return false;
        }
        long base = base(entry);
        long size = size(entry);
        boolean kernel = is64 ? base < 0 : base >>> 31 == 1;
        return kernel && (base & 0xfff) == 0 && size > 0 && size <= 1 << 30;
    }

    private long base(long entry) {
        return is64 ? file.u64(entry + 0x38) : file.u32(entry + 0x1c);
    }

    private long size(long entry) {
        return file.u32(entry + (is64 ? 0x48 : 0x24));
    }

    private TriageDriver driver(long entry) {
        long checksum = entry + (is64 ? 0x80 : 0x44);
        long timestamp = entry + (is64 ? 0x88 : 0x48);
        return new TriageDriver(
                string(file.u32(entry)),
                base(entry),
                size(entry),
                file.contains(checksum, 4) ? file.u32(checksum) : 0,
                file.contains(timestamp, 4) ? file.u32(timestamp) : 0);
    }

    /** DUMP_STRING: a u32 number of characters, then those; empty when it is none. */
    private String string(long offset) {
        if (offset == 0 || !file.contains(offset, 4)) {
            return "";
        }
        long length = file.u32(offset);
        if (length > MOST_NAME || !file.contains(offset + 4, length * 2)) {
            return "";
        }
        String text = file.utf16(offset + 4, (int) length * 2);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Drivers that were unloaded, oldest first. */
    public List<TriageUnloaded> unloadedDrivers() {
        long table = field(0x18);
        if (table == 0 || !file.contains(table, 8)) {
            return List.of();
        }
        int size = is64 ? 56 : 40;
        long first = table + (is64 ? 8 : 4);
        int count = (int) Math.min(file.u32(table), MOST_UNLOADED);
        var drivers = new ArrayList<TriageUnloaded>(count);
        for (int i = 0; i < count && file.contains(first + (long) i * size, size); i++) {
            long entry = first + (long) i * size;
            int length = Math.min(file.u16(entry), 24);
            drivers.add(
                    is64
                            ? new TriageUnloaded(
                                    file.utf16(entry + 16, length),
                                    file.u64(entry + 40),
                                    file.u64(entry + 48))
                            : new TriageUnloaded(
                                    file.utf16(entry + 8, length),
                                    file.u32(entry + 32),
                                    file.u32(entry + 36)));
        }
        return List.copyOf(drivers);
    }

    /** What memory management noted; empty when it is not there. */
    public Optional<TriageMemoryInfo> memoryInfo() {
        long offset = field(0x14);
        return offset == 0 || !file.contains(offset, TriageMemoryInfo.size(is64))
                ? Optional.empty()
                : Optional.of(TriageMemoryInfo.read(file.from(offset), is64));
    }
}
