package oriel.triage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.kernel.KernelThread;
import oriel.engine.unwind.StackWalker;
import oriel.model.CodeLocation;
import oriel.model.RegisterSet;
import oriel.model.StackEnd;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.triage.place.Places;
import oriel.triage.reason.CodeNames;
import oriel.triage.report.Fact;
import oriel.triage.report.FrameEntry;
import oriel.triage.report.StackEntry;
import oriel.triage.report.StackSection;
import oriel.triage.report.ThreadEntry;
import oriel.triage.report.VariableEntry;

/** Walks, names, folds and groups the stacks of all threads of a target. For one thread. */
final class Stacks {
    /**
     * Frames walked in one report: threads of a damaged dump may all point to one big stack, and
     * the work must not grow with their product.
     */
    private static final int FRAME_BUDGET = 400_000;

    private static final int FUNCTIONS = 8;

    private final Target target;
    private final StackWalker walker;
    private final Names names;
    private final Places places;
    private final Guarded guarded;
    private final FrameValues values;
    private final boolean allVariables;
    private final Map<Long, StackTrace> traces = new LinkedHashMap<>();
    private final MissingImages missing;
    private int budget = FRAME_BUDGET;

    /**
     * @param allVariables variables of all stacks, not of the crashing one only
     */
    Stacks(
            Target target,
            StackWalker walker,
            Names names,
            Places places,
            Guarded guarded,
            boolean allVariables) {
        this.values = new FrameValues(target, names);
        this.allVariables = allVariables;
        this.target = target;
        this.walker = walker;
        this.names = names;
        this.places = places;
        this.guarded = guarded;
        this.missing = new MissingImages(target);
    }

    /** Threads whose stacks are the same frame by frame. */
    private static final class Group {
        final List<TargetThread> threads = new ArrayList<>();
        final StackTrace trace;

        Group(StackTrace trace) {
            this.trace = trace;
        }
    }

    /** A stack by its program counters. */
    private static final class Key {
        private final long[] pcs;

        Key(StackTrace trace) {
            pcs = new long[trace.frames().size()];
            for (int i = 0; i < pcs.length; i++) {
                pcs[i] = trace.frames().get(i).pc();
            }
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Key other && Arrays.equals(pcs, other.pcs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(pcs);
        }
    }

    /** The frames of a thread as walked; empty when they could not be. */
    Optional<StackTrace> trace(TargetThread thread) {
        return Optional.ofNullable(traces.get(thread.ref().threadId()));
    }

    /** All stacks: the crashing one first, then the largest groups. */
    List<StackSection> sections(Optional<? extends TargetThread> crashed) {
        Map<Key, Group> groups = new LinkedHashMap<>();
        var sections = new ArrayList<StackSection>();
        if (crashed.isPresent()) {
            TargetThread thread = crashed.get();
            sections.add(section(List.of(thread), walk(thread), true));
        }
        int left = 0;
        for (TargetThread thread : target.threads()) {
            if (crashed.isPresent() && thread == crashed.get()) {
                continue;
            }
            if (budget <= 0) {
                left++;
                continue;
            }
            StackTrace trace = walk(thread);
            groups.computeIfAbsent(new Key(trace), k -> new Group(trace)).threads.add(thread);
        }
        if (left > 0) {
            guarded.add("stacks", left + " threads not walked: too many frames in all");
        }
        missing.diagnostic().ifPresent(d -> guarded.add(d.subject(), d.problem()));
        groups.values().stream()
                .sorted(Stacks::order)
                .forEach(g -> sections.add(section(g.threads, g.trace, false)));
        return sections;
    }

    /** What processors of a kernel ran first, then the largest groups. */
    private static int order(Group a, Group b) {
        int running = Integer.compare(processor(a), processor(b));
        return running != 0 ? running : Integer.compare(b.threads.size(), a.threads.size());
    }

    private static int processor(Group group) {
        return group.threads.get(0) instanceof KernelThread thread
                ? thread.processor().orElse(Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
    }

    private StackTrace walk(TargetThread thread) {
        StackTrace trace =
                guarded.section(
                        "stack of thread " + thread.ref().threadId(),
                        new StackTrace(List.of(), new StackEnd(StackEnd.Kind.NO_CALLER, "")),
                        () -> walker.walk(thread));
        budget -= trace.frames().size() + 1;
        traces.put(thread.ref().threadId(), trace);
        missing.see(trace);
        return trace;
    }

    /** The innermost functions of the stack above registers, in one line. */
    String functionsOf(RegisterSet registers) {
        StackTrace trace = walker.walk(registers);
        var labels = new ArrayList<String>();
        for (StackFrame frame : trace.frames()) {
            if (labels.size() == FUNCTIONS) {
                labels.add("...");
                break;
            }
            labels.add(names.locate(frame).label());
        }
        return String.join(" <- ", labels);
    }

    private StackSection section(List<TargetThread> threads, StackTrace trace, boolean crashed) {
        List<StackEntry> entries =
                StackFolder.fold(
                        trace.frames(),
                        (index, frame) -> frame(index, frame, crashed || allVariables));
        String waiting = crashed ? "" : Waits.of(entries);
        var described = new ArrayList<ThreadEntry>(threads.size());
        for (TargetThread thread : threads) {
            described.add(thread(thread, crashed, waiting));
        }
        return new StackSection(described, entries, trace.frames().size(), trace.end());
    }

    private FrameEntry frame(int index, StackFrame frame, boolean withVariables) {
        CodeLocation location = names.locate(frame);
        return new FrameEntry(
                index,
                frame.pc(),
                frame.sp(),
                frame.trust(),
                location,
                location.module().isPresent()
                        ? Optional.empty()
                        : places.unloadedAt(frame.lookupVa()),
                withVariables ? variables(frame, location) : List.of());
    }

    private List<VariableEntry> variables(StackFrame frame, CodeLocation location) {
        return guarded.section("variables", List.of(), () -> values.of(frame, location));
    }

    private ThreadEntry thread(TargetThread thread, boolean crashed, String waiting) {
        var details = new ArrayList<Fact>(1);
        OptionalLong error =
                ThreadEnvironment.of(thread, target.memory(), target.architecture()).lastError();
        if (error.isPresent() && error.getAsLong() != 0) {
            int code = (int) error.getAsLong();
            details.add(new Fact("last error", CodeNames.withName(code, CodeNames.win32(code))));
        }
        Optional<CodeLocation> start =
                thread.startVa().isPresent() && thread.startVa().getAsLong() != 0
                        ? Optional.of(names.locate(thread.startVa().getAsLong()))
                        : Optional.empty();
        return new ThreadEntry(
                thread.ref().threadId(),
                thread.name(),
                crashed,
                thread.suspendCount(),
                thread.priority(),
                start,
                thread.created(),
                thread.userTime(),
                thread.kernelTime(),
                waiting,
                details);
    }
}
