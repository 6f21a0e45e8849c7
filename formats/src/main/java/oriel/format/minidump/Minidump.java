package oriel.format.minidump;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.model.Diagnostic;

/**
 * A minidump. Opening reads the header and the directory only; each stream is read when it is asked
 * for, and tables record by record. Streams that are absent or broken come out empty or as far as
 * they can be read, and what is broken is told to the consumer of diagnostics. Immutable, safe for
 * any thread if the consumer is.
 */
public final class Minidump {
    private static final long SIGNATURE = 0x504d444dL;
    private static final long SWAPPED_SIGNATURE = 0x4d444d50L;
    private static final int VERSION = 0xa793;
    private static final int MEMORY_64_HEADER = 16;
    private static final int HEADED = 12;
    private static final int LONGEST_TEXT = 1 << 24;

    private final Bytes file;
    private final Consumer<Diagnostic> problems;
    private final TextPool texts;
    private final MinidumpHeader header;
    private final List<StreamEntry> streams;

    private Minidump(Bytes file, Consumer<Diagnostic> problems) {
        this.file = file;
        this.problems = problems;
        this.texts = new TextPool(file);
        if (!looksLikeMinidump(file)) {
            boolean swapped = file.contains(0, 4) && file.u32(0) == SWAPPED_SIGNATURE;
            throw file.error(0, swapped ? "a big-endian minidump" : "not a minidump");
        }
        header = MinidumpHeader.read(file);
        if (header.version() != VERSION) {
            throw file.error(4, "minidump version " + Integer.toHexString(header.version()));
        }
        streams =
                RecordList.read(
                        file,
                        header.directoryOffset(),
                        header.streamCount(),
                        StreamEntry.SIZE,
                        StreamEntry.SIZE,
                        StreamEntry::read,
                        problem -> report("stream directory", problem));
    }

    /**
     * Opens a minidump.
     *
     * @param problems is told of each broken part when that part is read
     * @throws FormatException when it is not a minidump
     */
    public static Minidump of(Bytes file, Consumer<Diagnostic> problems) {
        return new Minidump(file, problems);
    }

    /** Whether bytes begin like a minidump. */
    public static boolean looksLikeMinidump(Bytes file) {
        return file.contains(0, MinidumpHeader.SIZE) && file.u32(0) == SIGNATURE;
    }

    /** The whole file, which locations refer to. */
    public Bytes file() {
        return file;
    }

    /** The header. */
    public MinidumpHeader header() {
        return header;
    }

    /** The directory, in the order of the file. */
    public List<StreamEntry> streams() {
        return streams;
    }

    /** The first entry of a kind that has any bytes. */
    public Optional<StreamEntry> entry(StreamType type) {
        for (StreamEntry entry : streams) {
            if (entry.number() == type.number() && !entry.location().isEmpty()) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** The bytes of the first stream of a kind, cut where the file ends. */
    public Optional<Bytes> stream(StreamType type) {
        Optional<StreamEntry> entry = entry(type);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Location at = entry.get().location();
        if (at.fileOffset() >= file.size()) {
            report(type.title(), file.error(at.fileOffset(), "begins behind the end of the file"));
            return Optional.empty();
        }
        long room = file.size() - at.fileOffset();
        if (at.sizeBytes() > room) {
            report(
                    type.title(),
                    file.error(
                            at.fileOffset(),
                            at.sizeBytes() + " bytes long, the file ends after " + room));
        }
        return Optional.of(file.slice(at.fileOffset(), Math.min(at.sizeBytes(), room)));
    }

    /** The machine and its operating system. */
    public Optional<SystemInfoEntry> systemInfo() {
        return record(StreamType.SYSTEM_INFO, SystemInfoEntry::read);
    }

    /** Small facts of process and machine. */
    public Optional<MiscInfo> miscInfo() {
        return record(StreamType.MISC_INFO, MiscInfo::read);
    }

    /** Why the dump was written. */
    public Optional<ExceptionEntry> exception() {
        return record(StreamType.EXCEPTION, ExceptionEntry::read);
    }

    /** The threads; of an extended list where there is no plain one. */
    public List<ThreadEntry> threads() {
        boolean plain = entry(StreamType.THREAD_LIST).isPresent();
        return table(
                plain ? StreamType.THREAD_LIST : StreamType.THREAD_EX_LIST,
                plain ? ThreadEntry.SIZE : ThreadEntry.EX_SIZE,
                ThreadEntry::read);
    }

    /** What the threads did so far. */
    public List<ThreadInfoEntry> threadInfo() {
        return headed(StreamType.THREAD_INFO_LIST, ThreadInfoEntry.SIZE, ThreadInfoEntry::read);
    }

    /** Names of threads. */
    public List<ThreadNameEntry> threadNames() {
        return table(StreamType.THREAD_NAMES, ThreadNameEntry.SIZE, ThreadNameEntry::read);
    }

    /** The mapped images. */
    public List<ModuleEntry> modules() {
        return table(StreamType.MODULE_LIST, ModuleEntry.SIZE, ModuleEntry::read);
    }

    /** The images that were mapped earlier. */
    public List<UnloadedModuleEntry> unloadedModules() {
        return headed(
                StreamType.UNLOADED_MODULE_LIST,
                UnloadedModuleEntry.SIZE,
                UnloadedModuleEntry::read);
    }

    /** The memory of the list for small dumps. */
    public List<MemoryRange> memory() {
        return table(StreamType.MEMORY_LIST, MemoryRange.SIZE, MemoryRange::read);
    }

    /**
     * Streams the memory of the list for dumps of all memory. Its ranges follow each other in the
     * file, so that each one's place depends on all before; ranges that begin behind the end of the
     * file end the list.
     */
    public void forEachMemory64(Consumer<MemoryRange> sink) {
        Optional<Bytes> stream = stream(StreamType.MEMORY_64_LIST);
        if (stream.isEmpty()) {
            return;
        }
        String title = StreamType.MEMORY_64_LIST.title();
        try {
            Bytes in = stream.get();
            List<Bytes> list =
                    RecordList.read(
                            in,
                            MEMORY_64_HEADER,
                            in.u64(0),
                            16,
                            16,
                            record -> record,
                            problem -> report(title, problem));
            long at = in.u64(8);
            for (Bytes range : list) {
                long size = range.u64(8);
                if (at < 0 || at > file.size() || size < 0) {
                    throw file.error(at, "a range of memory begins behind the end of the file");
                }
                sink.accept(new MemoryRange(range.u64(0), size, at));
                at += size;
            }
        } catch (FormatException e) {
            report(title, e);
        }
    }

    /** The memory map. */
    public List<MemoryInfoEntry> memoryInfo() {
        return list(
                StreamType.MEMORY_INFO_LIST,
                (in, sink) ->
                        RecordList.read(
                                in,
                                in.u32(0),
                                in.u64(8),
                                in.u32(4),
                                MemoryInfoEntry.SIZE,
                                MemoryInfoEntry::read,
                                sink));
    }

    /** The open handles. */
    public List<HandleEntry> handles() {
        return headed(StreamType.HANDLE_DATA, HandleEntry.SIZE, HandleEntry::read);
    }

    /** What was done with handles, oldest first, when Application Verifier kept a record. */
    public List<HandleOperation> handleOperations() {
        return headed(
                StreamType.HANDLE_OPERATION_LIST, HandleOperation.SIZE, HandleOperation::read);
    }

    /** Unwind data of code that was made at run time. */
    public List<FunctionTableEntry> functionTables() {
        return list(StreamType.FUNCTION_TABLE, FunctionTables::read);
    }

    /** The access tokens. */
    public List<TokenEntry> tokens() {
        return list(StreamType.TOKEN, TokenEntry::readList);
    }

    /** Memory use of the process. */
    public Optional<VmCounters> vmCounters() {
        return record(StreamType.PROCESS_VM_COUNTERS, VmCounters::read);
    }

    /** Memory of the machine. */
    public Optional<SystemMemoryInfo> systemMemory() {
        return record(StreamType.SYSTEM_MEMORY_INFO, SystemMemoryInfo::read);
    }

    /** Which threads are the handler's own. */
    public Optional<BreakpadInfo> breakpadInfo() {
        return record(StreamType.BREAKPAD_INFO, BreakpadInfo::read);
    }

    /** The failed assertion. */
    public Optional<AssertionEntry> assertion() {
        return record(StreamType.ASSERTION_INFO, AssertionEntry::read);
    }

    /** What Crashpad adds. */
    public Optional<CrashpadInfo> crashpadInfo() {
        String title = StreamType.CRASHPAD_INFO.title();
        return record(
                StreamType.CRASHPAD_INFO,
                in -> new CrashpadReader(file, texts, e -> report(title, e)).read(in));
    }

    /** The comments of whoever had the dump written, in the order of the file. */
    public List<String> comments() {
        var comments = new ArrayList<String>();
        record(StreamType.COMMENT_A, in -> in.cString(0, (int) Math.min(in.size(), LONGEST_TEXT)))
                .ifPresent(comments::add);
        record(
                        StreamType.COMMENT_W,
                        in -> Text.utf16(in, 0, (int) Math.min(in.size(), LONGEST_TEXT)))
                .ifPresent(comments::add);
        return comments;
    }

    /** A stream that holds plain text, such as the files of /proc that Breakpad copies. */
    public Optional<String> text(StreamType type) {
        return record(
                type,
                in ->
                        new String(
                                in.copy(0, (int) Math.min(in.size(), LONGEST_TEXT)),
                                StandardCharsets.UTF_8));
    }

    /**
     * A string of the file: MINIDUMP_STRING.
     *
     * @param offset file offset; 0 is the empty string
     * @throws FormatException when it does not lie in the file
     */
    public String string(long offset) {
        return texts.utf16(offset);
    }

    /** A string of the file, empty and told of when it does not lie in the file. */
    public String string(long offset, String subject) {
        return guarded(subject, "", () -> string(offset));
    }

    /** A list behind a header of sizes: u32 header, u32 entry, u32 count. */
    private <T> List<T> headed(StreamType type, int needed, Function<Bytes, T> reader) {
        return list(
                type,
                (in, sink) -> {
                    if (in.u32(0) < HEADED) {
                        throw in.error(0, "header of " + in.u32(0) + " bytes");
                    }
                    return RecordList.read(
                            in, in.u32(0), in.u32(8), in.u32(4), needed, reader, sink);
                });
    }

    private <T> List<T> table(StreamType type, int size, Function<Bytes, T> reader) {
        return list(type, (in, sink) -> RecordList.counted(in, size, reader, sink));
    }

    private <T> List<T> list(StreamType type, ListReader<T> reader) {
        Optional<Bytes> stream = stream(type);
        return stream.isEmpty()
                ? List.of()
                : guarded(
                        type,
                        List.of(),
                        () -> reader.read(stream.get(), e -> report(type.title(), e)));
    }

    private <T> Optional<T> record(StreamType type, Function<Bytes, T> reader) {
        Optional<Bytes> stream = stream(type);
        return stream.isEmpty()
                ? Optional.empty()
                : guarded(type, Optional.empty(), () -> Optional.of(reader.apply(stream.get())));
    }

    private <T> T guarded(StreamType type, T otherwise, Supplier<T> reader) {
        return guarded(type.title(), otherwise, reader);
    }

    private <T> T guarded(String subject, T otherwise, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (FormatException e) {
            report(subject, e);
            return otherwise;
        }
    }

    private void report(String subject, FormatException problem) {
        problems.accept(new Diagnostic(subject, problem.getMessage()));
    }

    @FunctionalInterface
    private interface ListReader<T> {
        List<T> read(Bytes stream, Consumer<FormatException> problems);
    }
}
