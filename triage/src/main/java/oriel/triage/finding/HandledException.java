package oriel.triage.finding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.minidump.ProcessorContext;
import oriel.format.minidump.XstateLayout;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.triage.place.Places;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;

/**
 * A dump may be made while a thread handles an exception - a crash dialog is open, an error
 * reporter runs - without a word of it in the dump. The thread's stack tells: {@code
 * EXCEPTION_POINTERS}, which are two pointers to a record and a context that were pushed when the
 * exception was raised. They are told from leftovers by where they lie, above the stack pointer,
 * and by the context's program counter, which is the address in the record.
 */
final class HandledException {
    /** So much of a stack is searched; what handlers push is not deeper. */
    private static final int DEPTH = 1 << 16;

    /** So many threads at most: the work must not grow with what a dump claims. */
    private static final int THREADS = 1024;

    private static final int MOST_PARAMETERS = 15;

    /** The longest CONTEXT, that of x64, without what may follow it. */
    private static final int CONTEXT_BYTES = 1232;

    private final Function<RegisterSet, String> stackOf;
    private final Places places;
    private final Memory memory;
    private final Architecture architecture;
    private final int pointer;

    private HandledException(Target target, Places places, Function<RegisterSet, String> stackOf) {
        this.stackOf = stackOf;
        this.places = places;
        this.memory = target.memory();
        this.architecture = target.architecture();
        this.pointer = architecture.pointerSize();
    }

    /** Offsets in the CONTEXT structures of winnt.h, and the bit that says which one it is. */
    private record Layout(int flagsAt, long flag, int pcAt) {
        static Optional<Layout> of(Architecture architecture) {
            return switch (architecture) {
                case X86 -> Optional.of(new Layout(0, 0x10000, 0xb8));
                case X64 -> Optional.of(new Layout(0x30, 0x100000, 0xf8));
                case ARM64 -> Optional.of(new Layout(0, 0x400000, 0x108));
                case ARM -> Optional.of(new Layout(0, 0x200000, 0x40));
            };
        }
    }

    /** Adds what is found on the stacks of a target that tells of no exception. */
    static void add(
            Target target,
            Places places,
            Function<RegisterSet, String> stackOf,
            List<Finding> findings) {
        var search = new HandledException(target, places, stackOf);
        Optional<Layout> layout = Layout.of(target.architecture());
        int threads = 0;
        for (TargetThread thread : target.threads()) {
            if (layout.isPresent() && threads++ < THREADS) {
                search.on(thread, layout.get()).ifPresent(findings::add);
            }
        }
    }

    private Optional<Finding> on(TargetThread thread, Layout layout) {
        OptionalLong sp = thread.registers().sp();
        if (sp.isEmpty() || !thread.stack().contains(sp.getAsLong())) {
            return Optional.empty();
        }
        long start = sp.getAsLong() & -pointer;
        long size = Math.min(thread.stack().end() - start, DEPTH);
        AddressRange live = AddressRange.between(start, thread.stack().end());
        byte[] stack = memory.readUpTo(start, (int) size);
        Bytes words = Bytes.of(stack, "stack");
        for (int at = 0; at + 2 * pointer <= stack.length; at += pointer) {
            long record = word(words, at);
            long context = word(words, at + pointer);
            if (live.contains(record)
                    && live.contains(context)
                    && matches(record, context, layout)) {
                return Optional.of(finding(thread, record, context));
            }
        }
        return Optional.empty();
    }

    private long word(Bytes words, int at) {
        return pointer == 8 ? words.u64(at) : words.u32(at);
    }

    private boolean matches(long record, long context, Layout layout) {
        long code = memory.unsigned(record, 4).orElse(0);
        long recordFlags = memory.unsigned(record + 4, 4).orElse(-1);
        long parameters = memory.unsigned(record + 8 + 2L * pointer, 4).orElse(-1);
        if (code >>> 31 == 0 || recordFlags >>> 8 != 0) {
            return false;
        }
        if (parameters < 0 || parameters > MOST_PARAMETERS) {
            return false;
        }
        long contextFlags = memory.unsigned(context + layout.flagsAt, 4).orElse(0);
        OptionalLong pc = memory.pointer(context + layout.pcAt, architecture);
        OptionalLong raisedAt = raisedAt(record);
        // Besides the architecture's bit there are a few low ones and some at the very top.
        boolean isContext = (contextFlags & 0x07ffff00L) == layout.flag && (contextFlags & 1) != 0;
        return isContext && pc.isPresent() && raisedAt.equals(pc);
    }

    private OptionalLong raisedAt(long record) {
        return memory.pointer(record + 8 + pointer, architecture);
    }

    private Finding finding(TargetThread thread, long record, long context) {
        int code = (int) memory.unsigned(record, 4).orElse(0);
        String where = places.at(raisedAt(record).orElse(0)).text();
        return new Finding(
                "exception-being-handled",
                Confidence.HIGH,
                "thread "
                        + thread.ref().threadId()
                        + " is handling "
                        + CodeNames.exception(code).name()
                        + access(code, record)
                        + ", raised at "
                        + where
                        + " (exception record "
                        + Long.toHexString(record)
                        + ", context "
                        + Long.toHexString(context)
                        + ")"
                        + stack(context));
    }

    /** Where the thread was when the exception was raised. */
    private String stack(long context) {
        Bytes bytes = Bytes.of(memory.readUpTo(context, CONTEXT_BYTES), "context");
        Optional<ProcessorContext> read;
        try {
            read = ProcessorContext.read(bytes, architecture, XstateLayout.NONE);
        } catch (FormatException cutShort) {
            return "";
        }
        String stack = read.map(ProcessorContext::registers).map(stackOf).orElse("");
        return stack.isEmpty() ? "" : "; its stack then: " + stack;
    }

    private String access(int code, long record) {
        long parameters = record + 8 + 2L * pointer + (pointer == 8 ? 8 : 4);
        OptionalLong kind = memory.pointer(parameters, architecture);
        OptionalLong va = memory.pointer(parameters + pointer, architecture);
        if (code != 0xc0000005 || kind.isEmpty() || va.isEmpty()) {
            return "";
        }
        String verb =
                switch ((int) kind.getAsLong()) {
                    case 0 -> "read of 0x";
                    case 1 -> "write of 0x";
                    default -> "execute of 0x";
                };
        return " (" + verb + Long.toHexString(va.getAsLong()) + ")";
    }
}
