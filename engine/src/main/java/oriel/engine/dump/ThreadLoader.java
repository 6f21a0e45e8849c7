package oriel.engine.dump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.bytes.FormatException;
import oriel.format.minidump.ExceptionEntry;
import oriel.format.minidump.Location;
import oriel.format.minidump.Minidump;
import oriel.format.minidump.MiscInfo;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.ThreadEntry;
import oriel.format.minidump.ThreadInfoEntry;
import oriel.format.minidump.ThreadNameEntry;
import oriel.format.minidump.XstateLayout;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/** Brings together what the streams of a minidump say about threads. */
final class ThreadLoader {
    /** Breakpad's way to say that it does not know. */
    private static final long UNKNOWN_COUNT = 0xffffffffL;

    /**
     * The most threads that are shown. Their registers take far more room than their entries, which
     * may all share one context in a file that was made to fill the memory.
     */
    private static final int MOST_THREADS = 20_000;

    private final Minidump dump;
    private final Problems problems;
    private final SparseMemory memory;
    private final RegionTable regions;
    private final Architecture written;
    private final Architecture shown;
    private final long processId;
    private final XstateLayout xstate;
    private final Map<Long, ThreadInfoEntry> infos = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    ThreadLoader(
            Minidump dump,
            Problems problems,
            SparseMemory memory,
            RegionTable regions,
            Architecture written,
            Architecture shown,
            long processId) {
        this.dump = dump;
        this.problems = problems;
        this.memory = memory;
        this.regions = regions;
        this.written = written;
        this.shown = shown;
        this.processId = processId;
        this.xstate = dump.miscInfo().map(MiscInfo::xstate).orElse(XstateLayout.NONE);
    }

    List<DumpThread> load(List<ThreadEntry> entries, Optional<ExceptionEntry> exception) {
        for (ThreadInfoEntry info : dump.threadInfo()) {
            infos.putIfAbsent(info.threadId(), info);
        }
        for (ThreadNameEntry name : dump.threadNames()) {
            String text = dump.string(name.nameOffset(), "thread names");
            if (!text.isEmpty()) {
                names.putIfAbsent(name.threadId(), text);
            }
        }
        int count = Math.min(entries.size(), MOST_THREADS);
        if (count < entries.size()) {
            problems.add(
                    "thread list", "of " + entries.size() + " threads " + count + " are shown");
        }
        var threads = new ArrayList<DumpThread>(count);
        boolean found = exception.isEmpty();
        for (ThreadEntry entry : entries.subList(0, count)) {
            boolean raised = !found && entry.threadId() == exception.orElseThrow().threadId();
            found |= raised;
            threads.add(thread(entry, raised ? exception : Optional.empty()));
        }
        if (!found && !entries.isEmpty()) {
            problems.add(
                    "exception",
                    "thread "
                            + exception.orElseThrow().threadId()
                            + " that raised it is not in the thread list");
        }
        return List.copyOf(threads);
    }

    private DumpThread thread(ThreadEntry entry, Optional<ExceptionEntry> exception) {
        RegisterSet registers = registers(entry, exception);
        Optional<RegisterSet> other = Optional.empty();
        long teb = entry.tebVa();
        AddressRange stack = entry.stackRange();
        if (shown != written) {
            other = Optional.of(registers);
            registers =
                    Wow64.registers(memory, teb, registers)
                            .orElseGet(() -> unknown32(entry.threadId()));
            teb = Wow64.teb32(memory, teb).orElse(0);
            stack = AddressRange.EMPTY;
        }
        Optional<ThreadInfoEntry> info =
                Optional.ofNullable(infos.get(entry.threadId())).filter(ThreadInfoEntry::isValid);
        boolean counted = entry.suspendCount() != UNKNOWN_COUNT;
        return new DumpThread(
                new ThreadRef(processId, entry.threadId()),
                registers,
                other,
                Optional.ofNullable(names.get(entry.threadId())),
                stack(registers, stack, teb),
                teb == 0 ? OptionalLong.empty() : OptionalLong.of(teb),
                info.isPresent() && info.get().startVa() != 0
                        ? OptionalLong.of(info.get().startVa())
                        : OptionalLong.empty(),
                counted ? OptionalInt.of((int) entry.suspendCount()) : OptionalInt.empty(),
                counted ? OptionalInt.of(entry.priority()) : OptionalInt.empty(),
                info.flatMap(i -> Times.instant(i.createTime())),
                info.flatMap(i -> Times.duration(i.userTime())),
                info.flatMap(i -> Times.duration(i.kernelTime())));
    }

    /** The exception's registers are those before the handler ran: they count more. */
    private RegisterSet registers(ThreadEntry entry, Optional<ExceptionEntry> exception) {
        if (exception.isPresent() && !exception.get().context().isEmpty()) {
            Optional<RegisterSet> atException = context("exception", exception.get().context());
            if (atException.isPresent()) {
                return atException.get();
            }
        }
        return context("thread " + entry.threadId(), entry.context())
                .orElseGet(() -> RegisterSet.unknown(written));
    }

    private Optional<RegisterSet> context(String subject, Location location) {
        if (location.isEmpty()) {
            problems.add(subject, "has no context");
            return Optional.empty();
        }
        try {
            Optional<ProcessorContext> context =
                    ProcessorContext.read(location.in(dump.file()), written, xstate);
            if (context.isEmpty()) {
                problems.add(
                        subject,
                        "context of "
                                + location.sizeBytes()
                                + " bytes at file offset 0x"
                                + Long.toHexString(location.fileOffset())
                                + " is not one of "
                                + written);
            }
            return context.map(ProcessorContext::registers);
        } catch (FormatException e) {
            problems.add(subject, "context: " + e.getMessage());
            return Optional.empty();
        }
    }

    private RegisterSet unknown32(long threadId) {
        problems.add("thread " + threadId, "its 32-bit registers are not in the dump");
        return RegisterSet.unknown(shown);
    }

    /** From the stack pointer to the end of the stack, by the best that is known of that. */
    private AddressRange stack(RegisterSet registers, AddressRange listed, long teb) {
        OptionalLong pointer = registers.sp();
        if (pointer.isEmpty()) {
            return listed;
        }
        long sp = pointer.getAsLong();
        if (listed.contains(sp)) {
            return AddressRange.between(sp, listed.end());
        }
        OptionalLong base = new ProcessBlocks(memory, shown).stackBase(teb, sp);
        if (base.isPresent()) {
            return AddressRange.between(sp, base.getAsLong());
        }
        Optional<MemoryRegion> region = regions.at(sp);
        if (region.isPresent()) {
            return AddressRange.between(sp, region.get().range().end());
        }
        long there = memory.window(sp, Long.MAX_VALUE).size();
        return there == 0 ? listed : new AddressRange(sp, there);
    }
}
