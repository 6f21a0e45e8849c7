package oriel.triage.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.triage.report.Confidence;
import oriel.triage.report.Finding;

/**
 * Finds threads that wait for critical sections of each other. A thread in the system has the
 * address of the section it waits for in a saved register or near the top of its stack; what that
 * address points to is checked field by field: {@code RTL_CRITICAL_SECTION} is {DebugInfo,
 * LockCount, RecursionCount, OwningThread, LockSemaphore, SpinCount}, pointer-sized but for the two
 * 32-bit counts.
 */
final class CriticalSections {
    /** Bytes from the stack pointer up that are searched. */
    private static final int DEPTH = 1024;

    private static final int MAX_THREADS = 512;

    private final Target target;
    private final Architecture architecture;
    private final Memory memory;
    private final Set<Long> threadIds = new LinkedHashSet<>();

    private CriticalSections(Target target) {
        this.target = target;
        this.architecture = target.architecture();
        this.memory = target.memory();
        for (TargetThread thread : target.threads()) {
            threadIds.add(thread.ref().threadId());
        }
    }

    /** A thread waits for a section that another one owns. */
    private record Wait(long threadId, long sectionVa, long ownerId) {}

    static void add(Target target, Set<Long> waiting, List<Finding> findings) {
        if (target.threads().size() < 2) {
            return;
        }
        var search = new CriticalSections(target);
        Map<Long, Wait> waits = new HashMap<>();
        int searched = 0;
        for (TargetThread thread : target.threads()) {
            boolean known = waiting.contains(thread.ref().threadId());
            if ((known || search.isInSystem(thread)) && searched++ < MAX_THREADS) {
                search.waitOf(thread).ifPresent(wait -> waits.put(wait.threadId, wait));
            }
        }
        report(waits, waiting, findings);
    }

    private boolean isInSystem(TargetThread thread) {
        OptionalLong pc = thread.registers().pc();
        return pc.isPresent()
                && target.moduleAt(pc.getAsLong())
                        .filter(m -> m.name().equalsIgnoreCase("ntdll.dll"))
                        .isPresent();
    }

    private Optional<Wait> waitOf(TargetThread thread) {
        long threadId = thread.ref().threadId();
        for (long candidate : candidates(thread)) {
            OptionalLong owner = contendedOwner(candidate);
            if (owner.isPresent()
                    && owner.getAsLong() != threadId
                    && threadIds.contains(owner.getAsLong())) {
                return Optional.of(new Wait(threadId, candidate, owner.getAsLong()));
            }
        }
        return Optional.empty();
    }

    private Set<Long> candidates(TargetThread thread) {
        RegisterSet registers = thread.registers();
        var candidates = new LinkedHashSet<Long>();
        if (registers.architecture() != architecture) {
            return candidates;
        }
        for (Register register : Registers.of(architecture)) {
            if (register.kind() == Register.Kind.GENERAL) {
                registers.value(register).ifPresent(value -> addPointer(candidates, value));
            }
        }
        if (registers.sp().isPresent()) {
            int size = architecture.pointerSize();
            byte[] stack = memory.readUpTo(registers.sp().getAsLong(), DEPTH);
            for (int at = 0; at + size <= stack.length; at += size) {
                long word = 0;
                for (int i = size - 1; i >= 0; i--) {
                    word = word << 8 | stack[at + i] & 0xff;
                }
                addPointer(candidates, word);
            }
        }
        return candidates;
    }

    private void addPointer(Set<Long> candidates, long value) {
        boolean aligned = (value & architecture.pointerSize() - 1) == 0;
        if (aligned && AddressRange.compare(value, 0x10000) >= 0) {
            candidates.add(value);
        }
    }

    /** The owner of a section that others wait for; empty when this is no such section. */
    private OptionalLong contendedOwner(long va) {
        int size = architecture.pointerSize();
        byte[] section = memory.readUpTo(va, size * 4 + 8);
        if (section.length < size * 4 + 8) {
            return OptionalLong.empty();
        }
        long debugInfo = word(section, 0, size);
        int lockCount = (int) word(section, size, 4);
        int recursion = (int) word(section, size + 4, 4);
        long owner = word(section, size + 8, size);
        boolean hasDebugInfo =
                debugInfo == architecture.addressMask()
                        || debugInfo != 0 && memory.unsigned(debugInfo, 4).isPresent()
                        || debugInfo == 0;
        // Vista and later: bit 0 clear is locked, bit 1 clear a waiter was woken, the rest counts
        // waiters down from -1. Before: the count of threads that want it, from 0 up.
        boolean contended = lockCount < -1 && (lockCount & 1) == 0 || lockCount > 0;
        boolean plausible = recursion > 0 && recursion < 0x1000 && lockCount > -0x10000;
        return hasDebugInfo && contended && plausible && lockCount < 0x1000
                ? OptionalLong.of(owner)
                : OptionalLong.empty();
    }

    private static long word(byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    private static void report(Map<Long, Wait> waits, Set<Long> waiting, List<Finding> findings) {
        Set<Long> reported = new LinkedHashSet<>();
        for (Wait start : waits.values()) {
            List<Wait> cycle = cycle(start, waits);
            if (cycle.isEmpty() || !reported.add(lowest(cycle))) {
                continue;
            }
            boolean named = cycle.stream().allMatch(w -> waiting.contains(w.threadId));
            findings.add(
                    new Finding(
                            "deadlock",
                            named ? Confidence.HIGH : Confidence.MEDIUM,
                            "threads wait for each other's critical sections: " + shown(cycle)));
        }
        if (!reported.isEmpty()) {
            return;
        }
        Map<Long, List<Wait>> bySection = new HashMap<>();
        for (Wait wait : waits.values()) {
            bySection.computeIfAbsent(wait.sectionVa, k -> new ArrayList<>()).add(wait);
        }
        bySection.forEach(
                (section, all) ->
                        findings.add(
                                new Finding(
                                        "contended-lock",
                                        Confidence.LOW,
                                        all.size()
                                                + (all.size() == 1
                                                        ? " thread waits"
                                                        : " threads wait")
                                                + " for the critical section "
                                                + Long.toHexString(section)
                                                + ", which thread "
                                                + all.get(0).ownerId
                                                + " owns")));
    }

    private static List<Wait> cycle(Wait start, Map<Long, Wait> waits) {
        var path = new ArrayList<Wait>();
        Wait at = start;
        while (at != null && path.size() <= waits.size()) {
            path.add(at);
            at = waits.get(at.ownerId);
            if (at == start) {
                return path;
            }
        }
        return List.of();
    }

    private static long lowest(List<Wait> cycle) {
        return cycle.stream().mapToLong(Wait::threadId).min().orElse(0);
    }

    private static String shown(List<Wait> cycle) {
        var text = new StringBuilder();
        for (Wait wait : cycle) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(wait.threadId)
                    .append(" for ")
                    .append(Long.toHexString(wait.sectionVa))
                    .append(" of ")
                    .append(wait.ownerId);
        }
        return text.toString();
    }
}
