package oriel.engine.unwind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
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

    private final Target target;
    private final List<UnwindSource> extra;
    private final FramePointerChain framePointers;

    /**
     * @param target whose stacks are walked
     * @param extra unwind data from outside the images, asked in order; may be empty
     */
    public StackWalker(Target target, List<UnwindSource> extra) {
        this.target = target;
        this.extra = List.copyOf(extra);
        this.framePointers = new FramePointerChain(target);
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
            return new StackTrace(
                    List.of(), new StackEnd(StackEnd.Kind.NO_CONTEXT, "program counter not known"));
        }
        var frames = new ArrayList<StackFrame>();
        long pc = start.pc().getAsLong();
        frames.add(new StackFrame(start, pc, pc, start.sp().orElse(0), FrameTrust.CONTEXT));
        if (start.sp().isEmpty()) {
            return new StackTrace(
                    frames, new StackEnd(StackEnd.Kind.NO_CONTEXT, "stack pointer not known"));
        }
        int calleeParameters = 0;
        while (frames.size() < MAX_FRAMES) {
            StackFrame frame = frames.get(frames.size() - 1);
            Optional<UnwindSource.Caller> found = callerOf(frame, calleeParameters);
            if (found.isEmpty()) {
                return new StackTrace(frames, new StackEnd(StackEnd.Kind.NO_CALLER, ""));
            }
            UnwindSource.Caller caller = found.get();
            long callerPc = caller.registers().pc().orElse(0);
            long callerSp = caller.registers().sp().orElse(0);
            if (callerPc == 0) {
                return new StackTrace(frames, StackEnd.COMPLETE);
            }
            if (AddressRange.compare(callerSp, frame.sp()) <= 0) {
                return new StackTrace(frames, new StackEnd(StackEnd.Kind.NOT_ADVANCING, ""));
            }
            frames.add(
                    new StackFrame(
                            caller.registers(),
                            callerPc,
                            callerPc - callLength(start.architecture()),
                            callerSp,
                            caller.trust()));
            calleeParameters = caller.parameterBytes();
        }
        return new StackTrace(frames, new StackEnd(StackEnd.Kind.TOO_MANY_FRAMES, ""));
    }

    private Optional<UnwindSource.Caller> callerOf(StackFrame frame, int calleeParameters) {
        Optional<LoadedModule> module = target.moduleAt(frame.lookupVa());
        if (module.isPresent()) {
            long rva = frame.lookupVa() - module.get().base();
            var asked =
                    new UnwindSource.Frame(
                            module.get(),
                            rva,
                            frame.registers(),
                            target.memory(),
                            calleeParameters);
            for (UnwindSource source : extra) {
                Optional<UnwindSource.Caller> found = source.callerOf(asked);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return framePointers.callerOf(frame);
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
