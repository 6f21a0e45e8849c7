package oriel.driver;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import oriel.model.ThreadRef;

/**
 * How targets are to run until their next stop.
 *
 * @param stepping threads that execute one instruction, which ends in STATUS_SINGLE_STEP; the
 *     driver sets what makes them do so for this run only, and no register that it shows tells of
 *     it
 * @param branching those of the stepping threads that may run on until a branch is taken (BTF of
 *     the debug control register); a backend or processor that cannot do so executes one
 *     instruction
 * @param only when not empty, the threads that run alone in their processes; all others there,
 *     those that begin meanwhile too, are held. A backend that cannot hold threads (KD) runs all
 * @param unhandled threads whose exception goes to the program; all others' counts as dealt with
 * @param timeout after which the targets are left running and the run ends without events; empty
 *     for none. The next run waits on
 */
public record RunPlan(
        Set<ThreadRef> stepping,
        Set<ThreadRef> branching,
        Set<ThreadRef> only,
        Set<ThreadRef> unhandled,
        Optional<Duration> timeout) {
    /** All threads run, exceptions count as dealt with, no time limit. */
    public static final RunPlan GO =
            new RunPlan(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty());

    /** Copies the sets. */
    public RunPlan {
        stepping = Set.copyOf(stepping);
        branching = Set.copyOf(branching);
        only = Set.copyOf(only);
        unhandled = Set.copyOf(unhandled);
    }

    /** This plan, with one more thread that executes one instruction. */
    public RunPlan step(ThreadRef thread) {
        return new RunPlan(with(stepping, thread), branching, only, unhandled, timeout);
    }

    /** This plan, with one more thread that runs until a branch is taken. */
    public RunPlan stepToBranch(ThreadRef thread) {
        return new RunPlan(
                with(stepping, thread), with(branching, thread), only, unhandled, timeout);
    }

    /** This plan, with one more thread that runs while others are held. */
    public RunPlan alone(ThreadRef thread) {
        return new RunPlan(stepping, branching, with(only, thread), unhandled, timeout);
    }

    /** This plan, with one more thread whose exception goes to the program. */
    public RunPlan pass(ThreadRef thread) {
        return new RunPlan(stepping, branching, only, with(unhandled, thread), timeout);
    }

    /** This plan, with a time limit. */
    public RunPlan within(Duration limit) {
        return new RunPlan(stepping, branching, only, unhandled, Optional.of(limit));
    }

    private static Set<ThreadRef> with(Set<ThreadRef> threads, ThreadRef one) {
        var more = new HashSet<>(threads);
        more.add(one);
        return more;
    }
}
