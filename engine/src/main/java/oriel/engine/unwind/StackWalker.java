package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.FrameTrust;
import oriel.model.RegisterSet;
import oriel.model.StackEnd;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * Walks stacks of one target, from registers to callers. Knows no symbols: frames are named later
 * by their {@link StackFrame#lookupVa}. Never throws for damaged stacks or unwind data: what was
 * found is returned with the reason why there is no more. Keeps the unwind data it has read, so one
 * walker serves all threads of a target; safe for any thread.
 */
public final class StackWalker {
    /** More frames than this are not walked: a stack of 1 MB cannot hold more of any real size. */
    static final int MAX_FRAMES = 100_000;

    /**
     * So much at the top of a stack may be without a caller: the frame of its first function, and
     * what Windows leaves free above it, up to a page by chance.
     */
    private static final long TOP_OF_STACK = 0x1000;

    private static final int MAX_DIAGNOSTICS = 20;

    private final List<Diagnostic> diagnostics = new CopyOnWriteArrayList<>();
    private final Target target;
    private final List<UnwindSource> extra;
    private final Map<Architecture, CallerFinder> finders = new ConcurrentHashMap<>();

    /**
     * @param target whose stacks are walked
     * @param extra unwind data from outside the images, asked in order; may be empty
     */
    public StackWalker(Target target, List<UnwindSource> extra) {
        this.target = target;
        this.extra = List.copyOf(extra);
    }

    /** The stack of a thread, innermost frame first. */
    public StackTrace walk(TargetThread thread) {
        return walk(thread.registers(), thread.stack());
    }

    /**
     * The stack above any set of registers of the target, e.g. those of an exception record or of
     * the other side of a WOW64 thread; the architecture is that of the registers.
     */
    public StackTrace walk(RegisterSet registers) {
        return walk(registers, AddressRange.EMPTY);
    }

    private StackTrace walk(RegisterSet start, AddressRange stack) {
        if (start.pc().isEmpty()) {
            return ended(List.of(), StackEnd.Kind.NO_CONTEXT, "program counter not known");
        }
        CallerFinder finder =
                finders.computeIfAbsent(
                        start.architecture(), a -> new CallerFinder(target, a, extra, this::note));
        var words = new WordReader(target.memory());
        var frames = new ArrayList<StackFrame>();
        long pc = start.pc().getAsLong();
        long sp = start.sp().orElse(0);
        var shown = new StackFrame(start, pc, pc, sp, FrameTrust.CONTEXT);
        frames.add(shown);
        if (start.sp().isEmpty()) {
            return ended(frames, StackEnd.Kind.NO_CONTEXT, "stack pointer not known");
        }
        AddressRange range = stack.contains(sp) ? stack : AddressRange.EMPTY;
        boolean interrupted = true;
        int parameters = 0;
        while (frames.size() < MAX_FRAMES) {
            var frame = new Frame(shown, interrupted, finder.codeAt(shown.lookupVa()), words);
            Optional<Step> found = finder.callerOf(frame, parameters, range);
            if (found.isEmpty()) {
                return noCaller(frames, frame, range);
            }
            Step step = found.get();
            StackFrame caller = caller(step);
            if (step.trust() == FrameTrust.SCAN && isThreadStart(frames, range)) {
                return ended(frames, StackEnd.Kind.COMPLETE, "start of the thread");
            }
            if (caller.pc() == 0) {
                return new StackTrace(frames, StackEnd.COMPLETE);
            }
            if (!advances(frame, caller, step)) {
                return ended(
                        frames,
                        StackEnd.Kind.NOT_ADVANCING,
                        "the next frame would be at " + Long.toHexString(caller.sp()));
            }
            if (!range.contains(caller.sp())) {
                range = AddressRange.EMPTY;
            }
            frames.add(caller);
            shown = caller;
            interrupted = step.interrupted();
            parameters = step.parameterBytes();
        }
        return ended(frames, StackEnd.Kind.TOO_MANY_FRAMES, MAX_FRAMES + " frames");
    }

    /**
     * Whether the last frames are how every thread of Windows begins: a function of ntdll that
     * called one of kernel32, right below the top of the stack. What a scan finds above them are
     * leftovers.
     */
    private boolean isThreadStart(List<StackFrame> frames, AddressRange range) {
        int last = frames.size() - 1;
        long sp = frames.get(last).sp();
        return last > 0
                && range.contains(sp)
                && range.end() - sp <= TOP_OF_STACK
                && isIn("ntdll", frames.get(last))
                && isIn("kernel32", frames.get(last - 1));
    }

    private boolean isIn(String label, StackFrame frame) {
        return target.moduleAt(frame.lookupVa())
                .filter(module -> module.label().equalsIgnoreCase(label))
                .isPresent();
    }

    /** Damage and gaps of unwind data met so far, one for each module. */
    public List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    private void note(Diagnostic diagnostic) {
        if (diagnostics.size() < MAX_DIAGNOSTICS) {
            diagnostics.add(diagnostic);
        }
    }

    /**
     * Stacks grow down, so callers lie higher. A leaf of ARM64 has not touched the stack, and code
     * that was interrupted may have been on any other stack.
     */
    private static boolean advances(Frame frame, StackFrame caller, Step step) {
        int order = AddressRange.compare(caller.sp(), frame.sp());
        boolean sameStack = order == 0 && frame.interrupted() && caller.pc() != frame.pc();
        boolean otherStack = step.interrupted() && caller.sp() != frame.sp();
        return order > 0 || sameStack || otherStack;
    }

    private static StackFrame caller(Step step) {
        RegisterSet registers = step.registers();
        long pc = registers.pc().orElse(0);
        long lookup = step.interrupted() ? pc : pc - callLength(registers.architecture());
        return new StackFrame(registers, pc, lookup, registers.sp().orElse(0), step.trust());
    }

    private static StackTrace noCaller(List<StackFrame> frames, Frame frame, AddressRange range) {
        if (range.contains(frame.sp()) && range.end() - frame.sp() <= TOP_OF_STACK) {
            return ended(frames, StackEnd.Kind.COMPLETE, "top of the stack");
        }
        String where = "at " + Long.toHexString(frame.sp());
        return frame.stack().has(frame.sp(), frame.architecture().pointerSize())
                ? ended(frames, StackEnd.Kind.NO_CALLER, "no return address found " + where)
                : ended(frames, StackEnd.Kind.STACK_UNREADABLE, "no memory " + where);
    }

    private static StackTrace ended(List<StackFrame> frames, StackEnd.Kind kind, String detail) {
        return new StackTrace(frames, new StackEnd(kind, detail));
    }

    /** How far before a return address its call is looked up: within the call instruction. */
    private static int callLength(Architecture architecture) {
        return switch (architecture) {
            case X86, X64 -> 1;
            case ARM -> 2;
            case ARM64 -> 4;
        };
    }
}
