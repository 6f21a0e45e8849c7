package oriel.triage.finding;

import java.util.LinkedHashSet;
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
import oriel.triage.place.Places;
import oriel.triage.report.Place;
import oriel.triage.report.PlaceKind;

/**
 * Finds the critical section that a thread waits for. A thread in the system has its address in a
 * saved register or near the top of its stack; what that address points to is checked field by
 * field: {@code RTL_CRITICAL_SECTION} is {DebugInfo, LockCount, RecursionCount, OwningThread,
 * LockSemaphore, SpinCount}, pointer-sized but for the two 32-bit counts.
 */
final class CriticalSections {
    /** Bytes from the stack pointer up that are searched. */
    private static final int DEPTH = 1024;

    private final Target target;
    private final Places places;
    private final Architecture architecture;
    private final Memory memory;
    private final Set<Long> threadIds = new LinkedHashSet<>();

    CriticalSections(Target target, Places places) {
        this.target = target;
        this.places = places;
        this.architecture = target.architecture();
        this.memory = target.memory();
        for (TargetThread thread : target.threads()) {
            threadIds.add(thread.ref().threadId());
        }
    }

    boolean isInSystem(TargetThread thread) {
        OptionalLong pc = thread.registers().pc();
        return pc.isPresent()
                && target.moduleAt(pc.getAsLong())
                        .filter(m -> m.name().equalsIgnoreCase("ntdll.dll"))
                        .isPresent();
    }

    /** The section that a thread waits for and who owns it. */
    Optional<Wait> waitOf(TargetThread thread) {
        long threadId = thread.ref().threadId();
        Optional<Wait> gone = Optional.empty();
        for (long candidate : candidates(thread)) {
            OptionalLong owner = contendedOwner(candidate);
            if (owner.isEmpty() || owner.getAsLong() == threadId) {
                continue;
            }
            Wait wait =
                    new Wait(threadId, owner.getAsLong(), candidate, described(candidate), " owns");
            if (threadIds.contains(owner.getAsLong())) {
                return Optional.of(wait);
            }
            boolean known = places.at(candidate).kind() == PlaceKind.IMAGE;
            gone = known && gone.isEmpty() ? Optional.of(wait) : gone;
        }
        return gone;
    }

    private String described(long va) {
        OptionalLong peb = target.process().pebVa();
        int loaderLock = architecture.is64Bit() ? 0x110 : 0xa0;
        OptionalLong lock =
                peb.isPresent()
                        ? memory.pointer(peb.getAsLong() + loaderLock, architecture)
                        : OptionalLong.empty();
        if (lock.isPresent() && lock.getAsLong() == va) {
            return "the loader lock " + Long.toHexString(va);
        }
        Place place = places.at(va);
        return "the critical section "
                + (place.kind() == PlaceKind.IMAGE ? place.text() : Long.toHexString(va));
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
        int lockCount = (int) word(section, size, 4);
        int recursion = (int) word(section, size + 4, 4);
        long owner = word(section, size + 8, size);
        // Vista and later: bit 0 clear is locked, bit 1 clear a waiter was woken, the rest counts
        // waiters down from -1. Before: the count of threads that want it, from 0 up.
        boolean contended = lockCount < -1 && (lockCount & 1) == 0 || lockCount > 0;
        boolean plausible = recursion > 0 && recursion < 0x1000 && lockCount > -0x10000;
        return mayBeDebugInfo(word(section, 0, size))
                        && contended
                        && plausible
                        && lockCount < 0x1000
                        && (threadIds.contains(owner) || mayBeThread(owner))
                ? OptionalLong.of(owner)
                : OptionalLong.empty();
    }

    /** None, -1, or a pointer to heap, which small dumps leave out. */
    private boolean mayBeDebugInfo(long va) {
        boolean pointer =
                (va & 3) == 0
                        && AddressRange.compare(va, 0x10000) >= 0
                        && AddressRange.compare(va, architecture.is64Bit() ? 1L << 47 : 1L << 32)
                                < 0;
        return va == 0 || va == architecture.addressMask() || pointer;
    }

    /** Ids of threads are multiples of 4, small ones in practice. */
    private static boolean mayBeThread(long id) {
        return id > 0 && id < 1 << 24 && (id & 3) == 0;
    }

    private static long word(byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
