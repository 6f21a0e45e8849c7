package oriel.engine.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.MemoryRegion;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * Writes a target as a minidump (minidumpapiset.h), without any help of Windows. What can be
 * written is what the target knows: a live process held still, or another dump. Memory is passed
 * through in pieces, so that only its list is held. For one thread.
 */
public final class MinidumpWriter {
    private static final int PAGE = 0x1000;
    private static final int MOST_PROBLEMS = 100;
    private static final int MEMORY_LIST = 5;
    private static final int MEMORY64_LIST = 9;
    private static final long FULL_MEMORY = 0x2;

    private final Target target;
    private final DumpPlan plan;
    private final DumpBuffer out = new DumpBuffer();
    private final DumpDirectory directory = new DumpDirectory();
    private final List<Diagnostic> problems = new ArrayList<>();

    private MinidumpWriter(Target target, DumpPlan plan) {
        this.target = target;
        this.plan = plan;
    }

    /**
     * Writes a new file, or over an old one.
     *
     * @param progress told the bytes of memory written so far, now and then
     * @return what could not be written as it should; the rest is there
     * @throws IOException when the file cannot be written; what is there of it is useless
     */
    public static List<Diagnostic> write(
            Target target, DumpPlan plan, Path file, LongConsumer progress) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            return new MinidumpWriter(target, plan).write(channel, progress);
        }
    }

    private List<Diagnostic> write(FileChannel channel, LongConsumer progress) throws IOException {
        List<AddressRange> memory = memory();
        int directoryAt = directory.reserve(out, plan.streams().size());
        var streams = new MinidumpStreams(target, out, directory);
        streams.system();
        streams.misc();
        List<StackPlace> stacks = threads(streams);
        streams.exception();
        streams.modules();
        if (plan.threadInfo()) {
            streams.threadInfo();
        }
        if (plan.unloadedModules()) {
            streams.unloadedModules();
        }
        if (plan.memoryInfo()) {
            streams.memoryInfo();
        }
        if (plan.handles()) {
            streams.handles();
        }
        for (DumpPlan.Own own : plan.streams()) {
            streams.own(own);
        }
        long dataAt = memoryList(memory);
        placeStacks(stacks, memory, dataAt);
        directory.finish(out, directoryAt, Instant.now(), plan.fullMemory() ? FULL_MEMORY : 0);
        writeAll(channel, out.toBuffer());
        new MemoryPipe(channel).pass(memory, this::fill, progress);
        return problems;
    }

    // --- which memory -------------------------------------------------------------------------

    private List<AddressRange> memory() {
        var ranges = new ArrayList<AddressRange>();
        if (plan.fullMemory() && target.regions().isEmpty()) {
            ranges.addAll(target.readableRanges());
        }
        List<AddressRange> there = target.readableRanges();
        boolean narrow = !target.architecture().is64Bit();
        int next = 0;
        for (MemoryRegion region : target.regions()) {
            AddressRange range = region.range();
            if (!isWanted(region) || narrow && range.start() >>> 32 != 0) {
                continue;
            }
            // Both lists are by address. A dump may hold only parts of a region.
            while (next < there.size() && isBefore(there.get(next), range)) {
                next++;
            }
            for (int i = next; i < there.size() && there.get(i).overlaps(range); i++) {
                ranges.add(common(there.get(i), range));
            }
        }
        for (TargetThread thread : target.threads()) {
            ranges.addAll(SmallMemory.of(target, thread));
        }
        ranges.addAll(SmallMemory.of(target));
        return SmallMemory.joined(ranges);
    }

    private boolean isWanted(MemoryRegion region) {
        boolean data = region.isWritable() && region.type() == MemoryRegion.Type.IMAGE;
        return region.isReadable()
                && plan.wanted().test(region)
                && (plan.fullMemory() || plan.dataSegments() && data);
    }

    private static boolean isBefore(AddressRange one, AddressRange other) {
        return AddressRange.compare(one.start(), other.start()) < 0 && !one.overlaps(other);
    }

    private static AddressRange common(AddressRange a, AddressRange b) {
        long start = a.contains(b.start()) ? b.start() : a.start();
        return new AddressRange(
                start,
                Math.min(a.sizeBytes() - (start - a.start()), b.sizeBytes() - (start - b.start())));
    }

    // --- stacks -------------------------------------------------------------------------------

    /** Where the file offset of a stack is filled in. */
    private record StackPlace(AddressRange stack, int sizePlace) {}

    private List<StackPlace> threads(MinidumpStreams streams) {
        var places = new ArrayList<StackPlace>();
        List<? extends TargetThread> threads = target.threads();
        int[] contexts = streams.contexts(threads);
        int start = directory.begin(out, 3);
        out.u32(threads.size());
        for (int i = 0; i < threads.size(); i++) {
            TargetThread thread = threads.get(i);
            AddressRange stack = thread.stack();
            out.u32(thread.ref().threadId()).u32(thread.suspendCount().orElse(0));
            out.u32(0).u32(thread.priority().orElse(0)).u64(thread.tebVa().orElse(0));
            out.u64(stack.start());
            places.add(new StackPlace(stack, out.at()));
            out.u32(0).u32(0);
            out.u32(streams.contextSize()).u32(contexts[i]);
        }
        directory.end(out, start);
        return places;
    }

    private void placeStacks(List<StackPlace> stacks, List<AddressRange> memory, long dataAt) {
        for (StackPlace place : stacks) {
            long at = dataAt;
            for (AddressRange range : memory) {
                if (range.contains(place.stack().start())) {
                    long offset = at + place.stack().start() - range.start();
                    long room = range.end() - place.stack().start();
                    out.put32(place.sizePlace(), Math.min(room, place.stack().sizeBytes()));
                    // A dump of more than 4 GB has stacks that this field cannot name; readers
                    // look into the list of memory then.
                    out.put32(place.sizePlace() + 4, offset >>> 32 == 0 ? offset : 0);
                    break;
                }
                at += range.sizeBytes();
            }
        }
    }

    // --- memory -------------------------------------------------------------------------------

    /** Writes the list of memory. Returns the file offset at which its contents begin. */
    private long memoryList(List<AddressRange> memory) {
        long total = 0;
        for (AddressRange range : memory) {
            total += range.sizeBytes();
        }
        boolean wide = plan.fullMemory() || total >= 0x8000_0000L;
        int start = directory.begin(out, wide ? MEMORY64_LIST : MEMORY_LIST);
        if (wide) {
            out.u64(memory.size());
            int basePlace = out.at();
            out.u64(0);
            for (AddressRange range : memory) {
                out.u64(range.start()).u64(range.sizeBytes());
            }
            directory.end(out, start);
            out.align(8);
            out.put64(basePlace, out.at());
            return out.at();
        }
        out.u32(memory.size());
        long at = out.at() + 16L * memory.size();
        at += -at & 7;
        long first = at;
        for (AddressRange range : memory) {
            out.u64(range.start()).u32(range.sizeBytes()).u32(at);
            at += range.sizeBytes();
        }
        directory.end(out, start);
        out.align(8);
        return first;
    }

    /** Reads until a buffer is full; pages that have gone since the map was made are zeros. */
    private void fill(long va, ByteBuffer piece) {
        int start = piece.position();
        while (true) {
            target.memory().read(va + piece.position() - start, piece);
            if (!piece.hasRemaining()) {
                return;
            }
            long missing = va + piece.position() - start;
            int page = Math.min(PAGE - (int) (missing & PAGE - 1), piece.remaining());
            piece.put(new byte[page]);
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(
                        new Diagnostic(
                                "memory at 0x" + Long.toHexString(missing),
                                "could not be read; the dump has zeros there"));
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** PROCESSOR_ARCHITECTURE_* of winnt.h. */
    static int processor(Architecture architecture) {
        return switch (architecture) {
            case X86 -> 0;
            case ARM -> 5;
            case X64 -> 9;
            case ARM64 -> 12;
        };
    }
}
