package oriel.format.userdump;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;

/**
 * A legacy full user dump. Opening reads the header only. What is broken is told to the consumer of
 * diagnostics, and the rest is read. Immutable, safe for any thread if the consumer is.
 */
public final class UserDump {
    private static final long USER = 0x52455355L;
    private static final long DUMP = 0x504d5544L;
    private static final long DU64 = 0x34365544L;
    private static final int HEADER_32 = 64;
    private static final int HEADER_64 = 96;
    private static final int GUARD = 0x100;
    private static final int LONGEST_NAME = 1 << 16;

    private final Bytes file;
    private final Consumer<Diagnostic> problems;
    private final UserDumpHeader header;

    private UserDump(Bytes file, Consumer<Diagnostic> problems) {
        this.file = file;
        this.problems = problems;
        if (!looksLikeUserDump(file)) {
            throw file.error(0, "not a full user dump");
        }
        boolean is64 = file.u32(4) == DU64;
        header = UserDumpHeader.read(file, is64);
    }

    /**
     * Opens a dump.
     *
     * @param problems is told of each broken part when that part is read
     * @throws FormatException when it is not a full user dump
     */
    public static UserDump of(Bytes file, Consumer<Diagnostic> problems) {
        return new UserDump(file, problems);
    }

    /** Whether bytes begin like a full user dump. */
    public static boolean looksLikeUserDump(Bytes file) {
        if (!file.contains(0, HEADER_32) || file.u32(0) != USER) {
            return false;
        }
        return file.u32(4) == DUMP || (file.u32(4) == DU64 && file.contains(0, HEADER_64));
    }

    /** The header. */
    public UserDumpHeader header() {
        return header;
    }

    /**
     * The threads.
     *
     * @param contextSizeBytes bytes of a CONTEXT of the machine; the distance of the contexts in
     *     the file when nothing in it tells otherwise
     */
    public List<UserDumpThread> threads(int contextSizeBytes) {
        boolean is64 = header.is64();
        int size = is64 ? 80 : 48;
        long at = header.threadsOffset();
        int count = count("threads", at, header.threadCount(), size);
        long stride = contextStride(contextSizeBytes);
        return new Table<>(
                count,
                i -> {
                    Bytes in = file.slice(at + (long) i * size, size);
                    return new UserDumpThread(
                            in.u32(0),
                            in.u32(4),
                            in.u32(8),
                            in.s32(12),
                            is64 ? in.u64(16) : in.u32(16),
                            context(i, stride));
                });
    }

    /** The modules, as far as they can be read. */
    public List<UserDumpModule> modules() {
        var modules = new ArrayList<UserDumpModule>();
        boolean is64 = header.is64();
        int fixed = is64 ? 16 : 12;
        long at = header.modulesOffset();
        try {
            for (long i = 0; i < header.moduleCount(); i++) {
                Bytes in = file.slice(at, fixed);
                long length = in.u32(fixed - 4L);
                if (length > LONGEST_NAME) {
                    throw file.error(at, "module name of " + length + " bytes");
                }
                String name = file.slice(at + fixed, length).cString(0, (int) length);
                modules.add(
                        new UserDumpModule(
                                is64 ? in.u64(0) : in.u32(0), in.u32(is64 ? 8 : 4), name));
                at += fixed + length;
            }
        } catch (FormatException e) {
            report("modules", e);
        }
        return modules;
    }

    /**
     * Streams the regions in the order of the file. Their bytes follow each other, those of guard
     * pages included or not: the version information tells, or else the size of the file.
     */
    public void forEachRegion(Consumer<UserDumpRegion> sink) {
        boolean is64 = header.is64();
        int size = is64 ? 48 : 28;
        long table = header.regionsOffset();
        int count = count("memory regions", table, header.regionCount(), size);
        boolean withoutGuards = guardPagesLeftOut(table, count, size);
        long at = header.dataOffset();
        for (int i = 0; i < count; i++) {
            UserDumpRegion region = region(file.slice(table + (long) i * size, size), at);
            boolean leftOut = withoutGuards && (region.protection() & GUARD) != 0;
            if (region.sizeBytes() < 0 || at < 0) {
                report("memory regions", file.error(table + (long) i * size, "region too large"));
                return;
            }
            sink.accept(leftOut ? withoutBytes(region) : region);
            at += leftOut ? 0 : region.sizeBytes();
        }
    }

    /** Why the dump was written. */
    public Optional<UserDumpEvent> event() {
        if (header.debugEventOffset() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    UserDumpEvent.read(file.from(header.debugEventOffset()), header.is64()));
        } catch (FormatException e) {
            report("debug event", e);
            return Optional.empty();
        }
    }

    private UserDumpRegion region(Bytes in, long fileOffset) {
        return header.is64()
                ? new UserDumpRegion(
                        in.u64(0),
                        in.u64(8),
                        in.u32(16),
                        in.u64(24),
                        in.u32(32),
                        in.u32(36),
                        in.u32(40),
                        fileOffset)
                : new UserDumpRegion(
                        in.u32(0),
                        in.u32(4),
                        in.u32(8),
                        in.u32(12),
                        in.u32(16),
                        in.u32(20),
                        in.u32(24),
                        fileOffset);
    }

    private static UserDumpRegion withoutBytes(UserDumpRegion r) {
        return new UserDumpRegion(
                r.va(),
                r.allocationVa(),
                r.allocationProtection(),
                r.sizeBytes(),
                r.state(),
                r.protection(),
                r.type(),
                -1);
    }

    /**
     * CRASHDUMP_VERSION_INFO begins with IgnoreGuardPages. Dumps without it are told apart by their
     * size: the bytes of the regions end the file.
     */
    private boolean guardPagesLeftOut(long table, int count, int size) {
        if (header.versionOffset() != 0 && file.contains(header.versionOffset(), 4)) {
            return file.u32(header.versionOffset()) != 0;
        }
        long all = header.dataOffset();
        for (int i = 0; i < count; i++) {
            long bytes = region(file.slice(table + (long) i * size, size), 0).sizeBytes();
            if (bytes < 0 || all < 0) {
                return false;
            }
            all += bytes;
        }
        return all > file.size();
    }

    /** Contexts lie one behind the other; the part behind them tells how long each one is. */
    private long contextStride(int contextSizeBytes) {
        long start = header.contextsOffset();
        long next = file.size();
        for (long other :
                new long[] {
                    header.modulesOffset(),
                    header.dataOffset(),
                    header.regionsOffset(),
                    header.debugEventOffset(),
                    header.threadsOffset(),
                    header.versionOffset()
                }) {
            if (other > start && other < next) {
                next = other;
            }
        }
        long room = header.threadCount() == 0 ? 0 : (next - start) / header.threadCount();
        return room >= contextSizeBytes && room < 2L * contextSizeBytes ? room : contextSizeBytes;
    }

    private Bytes context(int index, long stride) {
        long at = header.contextsOffset() + index * stride;
        return header.contextsOffset() != 0 && file.contains(at, stride)
                ? file.slice(at, stride)
                : file.slice(0, 0);
    }

    private int count(String subject, long at, long claimed, int size) {
        if (claimed == 0) {
            return 0;
        }
        try {
            return file.checkedCount(claimed, size, at);
        } catch (FormatException e) {
            report(subject, e);
            return at < 0 || at > file.size()
                    ? 0
                    : (int) Math.min((file.size() - at) / size, Integer.MAX_VALUE);
        }
    }

    private void report(String subject, FormatException problem) {
        problems.accept(new Diagnostic(subject, problem.getMessage()));
    }

    /** Records that are read when they are asked for. */
    private static final class Table<T> extends AbstractList<T> implements RandomAccess {
        private final int count;
        private final IntFunction<T> reader;

        Table(int count, IntFunction<T> reader) {
            this.count = count;
            this.reader = reader;
        }

        @Override
        public T get(int index) {
            Objects.checkIndex(index, count);
            return reader.apply(index);
        }

        @Override
        public int size() {
            return count;
        }
    }
}
