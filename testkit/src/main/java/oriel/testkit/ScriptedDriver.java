package oriel.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import oriel.driver.Launch;
import oriel.driver.ProcessDriver;
import oriel.driver.RawEvent;
import oriel.driver.RefusedTrap;
import oriel.driver.RunPlan;
import oriel.driver.Trap;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * A target that does what a test says: each run plays the next part of a script. It has memory,
 * registers and traps like a real one, so a script can say "this thread runs into the trap at this
 * address" and the session must cope.
 */
public final class ScriptedDriver implements ProcessDriver {
    /** The process of every script. */
    public static final long PROCESS = 100;

    private static final int BREAKPOINT = 0x80000003;
    private static final int SINGLE_STEP = 0x80000004;
    private static final int ACCESS_VIOLATION = 0xc0000005;
    private static final int PAGE = 4096;

    private static final byte[] INT3 = {(byte) 0xcc};

    /** brk #0xf000 */
    private static final byte[] BRK = {0, 0, 0x3e, (byte) 0xd4};

    private final Architecture architecture;
    private final byte[] trap;
    private final TreeMap<Long, Byte> bytes = new TreeMap<>();
    private final Map<Long, Integer> protections = new LinkedHashMap<>();
    private final Map<ThreadRef, RegisterSet> threads = new LinkedHashMap<>();
    private final Map<Long, LoadedModule> modules = new LinkedHashMap<>();
    private final Deque<Part> script = new ArrayDeque<>();
    private final List<RunPlan> plans = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private boolean alive = true;
    private boolean stands = true;
    private boolean sharesDebugRegisters = true;

    /** What a run does. */
    @FunctionalInterface
    public interface Part {
        /** The events that end it. */
        List<RawEvent> run(RunPlan plan);
    }

    /** A target of one process without threads or memory. */
    public ScriptedDriver(Architecture architecture) {
        this.architecture = architecture;
        this.trap = architecture.isIntel() ? INT3 : BRK;
    }

    // --- writing the script -----------------------------------------------------------------

    /** Puts bytes into memory. */
    public ScriptedDriver memory(long va, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes.put(va + i, (byte) values[i]);
        }
        return this;
    }

    /** Tells what the program may do with a page: PAGE_READWRITE and so on. Untold of others. */
    public ScriptedDriver protect(long pageVa, int protection) {
        protections.put(pageVa, protection);
        return this;
    }

    /** Adds a thread that stands somewhere. */
    public ThreadRef thread(long threadId, long pc, long sp) {
        var ref = new ThreadRef(PROCESS, threadId);
        var registers = RegisterSet.builder(architecture);
        for (var register : Registers.of(architecture)) {
            registers.set(register, 0);
        }
        registers.set(Registers.programCounter(architecture), pc);
        registers.set(Registers.stackPointer(architecture), sp);
        if (architecture.isIntel()) {
            registers.set("efl", 0x202);
        }
        threads.put(ref, registers.build());
        return ref;
    }

    /** Debug registers work in processes with one thread alone. */
    public ScriptedDriver doesNotShareDebugRegisters() {
        sharesDebugRegisters = false;
        return this;
    }

    /** What the next run does. */
    public ScriptedDriver then(Part part) {
        script.add(part);
        return this;
    }

    /** The next run ends with some events. */
    public ScriptedDriver then(RawEvent... events) {
        return then(plan -> List.of(events));
    }

    // --- what threads do ----------------------------------------------------------------------

    /** A thread executes the trap at an address, which must be there. */
    public RawEvent hits(ThreadRef thread, long va) {
        if (bytes.get(va) == null || bytes.get(va) != trap[0]) {
            throw new IllegalStateException("no trap at " + Long.toHexString(va));
        }
        return tellsLate(thread, va);
    }

    /** A thread that executed a trap earlier tells so now. */
    public RawEvent tellsLate(ThreadRef thread, long va) {
        return raised(thread, BREAKPOINT, va, architecture.isIntel() ? va + 1 : va);
    }

    /** A thread has executed one instruction. */
    public RawEvent stepped(ThreadRef thread, long pc) {
        return raised(thread, SINGLE_STEP, pc, pc);
    }

    /** A thread raises an exception. */
    public RawEvent raised(ThreadRef thread, int code, long va, long pc, Long... parameters) {
        move(thread, pc);
        return new RawEvent.ExceptionRaised(
                thread,
                new TargetException(thread, code, 0, va, OptionalLong.empty(), List.of(parameters)),
                true);
    }

    /** The process begins. */
    public RawEvent started(ThreadRef thread, LoadedModule image) {
        modules.put(image.base(), image);
        return new RawEvent.ProcessStarted(thread, image, 0);
    }

    /** A module is mapped. */
    public RawEvent loaded(ThreadRef thread, LoadedModule module) {
        modules.put(module.base(), module);
        return new RawEvent.ModuleLoaded(thread, module);
    }

    /** A module is unmapped, and its memory with it. */
    public RawEvent unloaded(ThreadRef thread, LoadedModule module) {
        modules.remove(module.base());
        bytes.keySet().removeIf(va -> module.range().contains(va));
        return new RawEvent.ModuleUnloaded(thread, module.base());
    }

    /** A thread is stopped by a closed page, or by one that it may not use. */
    public RawEvent faults(ThreadRef thread, long pc, boolean write, long va) {
        return raised(thread, ACCESS_VIOLATION, pc, pc, write ? 1L : 0L, va);
    }

    /** A thread has run into debug registers. */
    public RawEvent watched(ThreadRef thread, long pc, int status) {
        threads.computeIfPresent(thread, (t, set) -> set.with("dr6", status));
        return raised(thread, SINGLE_STEP, pc, pc);
    }

    /** The process ends. */
    public RawEvent exits(ThreadRef thread) {
        alive = false;
        return new RawEvent.ProcessExited(thread, 0);
    }

    /** A module without symbols or headers. */
    public static LoadedModule module(String name, long base, long size) {
        return new LoadedModule(
                new AddressRange(base, size), name, 0, 0, Optional.empty(), Optional.empty());
    }

    /** Sets the program counter of a thread. */
    public void move(ThreadRef thread, long pc) {
        threads.computeIfPresent(
                thread, (t, set) -> set.with(Registers.programCounter(architecture), pc));
    }

    /** The process has died, and nobody knows yet: its end follows when the script says so. */
    public void dies() {
        alive = false;
        bytes.clear();
        threads.clear();
    }

    /** A thread is gone. */
    public void end(ThreadRef thread) {
        threads.remove(thread);
    }

    // --- what the session did -----------------------------------------------------------------

    /** The plans of all runs so far. */
    public List<RunPlan> plans() {
        return List.copyOf(plans);
    }

    /** What was armed, disarmed, detached and killed, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** A byte as it is in the target, with traps. */
    public int rawByte(long va) {
        Byte there = bytes.get(va);
        return there == null ? -1 : there & 0xff;
    }

    /** Whether the whole script was played. */
    public boolean isOver() {
        return script.isEmpty();
    }

    // --- the driver ---------------------------------------------------------------------------

    @Override
    public List<Long> processes() {
        return alive ? List.of(PROCESS) : List.of();
    }

    @Override
    public Target target(long processId) {
        return new View();
    }

    @Override
    public RegisterSet registers(ThreadRef thread) {
        return threads.getOrDefault(thread, RegisterSet.unknown(architecture));
    }

    @Override
    public void setRegisters(ThreadRef thread, RegisterSet registers) {
        RegisterSet before = threads.get(thread);
        if (before == null) {
            return;
        }
        var after = before.toBuilder();
        for (var register : Registers.of(architecture)) {
            if (registers.has(register)) {
                after.set(
                        register,
                        registers.value(register).orElse(0),
                        registers.high(register).orElse(0));
            }
        }
        threads.put(thread, after.build());
    }

    @Override
    public int write(long processId, long va, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            if (bytes.replace(va + i, values[i]) == null) {
                return i;
            }
        }
        return values.length;
    }

    @Override
    public List<RefusedTrap> arm(List<? extends Trap> traps) {
        var refused = new ArrayList<RefusedTrap>();
        for (Trap trap : traps) {
            calls.add("arm " + Long.toHexString(trap.va()));
            if (trap instanceof Trap.Code && !put(trap.va(), this.trap)) {
                refused.add(new RefusedTrap(trap, "no memory"));
            }
        }
        return refused;
    }

    @Override
    public void disarm(List<? extends Trap> traps) {
        for (Trap trap : traps) {
            calls.add("disarm " + Long.toHexString(trap.va()));
            if (trap instanceof Trap.Code code
                    && bytes.getOrDefault(trap.va(), (byte) 1) == this.trap[0]) {
                var original = new byte[this.trap.length];
                for (int i = 0; i < original.length; i++) {
                    original[i] = (byte) (code.original() >>> i * 8);
                }
                put(trap.va(), original);
            }
        }
    }

    private boolean put(long va, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            if (bytes.replace(va + i, values[i]) == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<RawEvent> run(RunPlan plan) {
        plans.add(plan);
        Part part = script.poll();
        List<RawEvent> events = part == null ? List.of() : part.run(plan);
        stands = !events.isEmpty();
        return events;
    }

    @Override
    public boolean stands(long processId) {
        return stands;
    }

    @Override
    public boolean sharesDebugRegisters() {
        return sharesDebugRegisters;
    }

    @Override
    public void interrupt() {
        calls.add("interrupt");
    }

    @Override
    public long start(Launch launch) {
        calls.add("start");
        alive = true;
        return PROCESS;
    }

    @Override
    public void attach(long processId) {
        calls.add("attach");
        alive = true;
    }

    @Override
    public void detach(long processId) {
        calls.add("detach");
        alive = false;
    }

    @Override
    public void kill(long processId) {
        calls.add("kill");
        alive = false;
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** The process. */
    private final class View implements Target {
        @Override
        public Architecture architecture() {
            return architecture;
        }

        @Override
        public Memory memory() {
            return (va, into, offset, length) -> {
                for (int i = 0; i < length; i++) {
                    Byte there = bytes.get(va + i);
                    if (there == null) {
                        return i;
                    }
                    into[offset + i] = there;
                }
                return length;
            };
        }

        @Override
        public List<TargetThread> threads() {
            var all = new ArrayList<TargetThread>();
            threads.keySet().forEach(ref -> all.add(new OneThread(ref)));
            return all;
        }

        @Override
        public Optional<MemoryRegion> regionAt(long va) {
            long page = va & -PAGE;
            Integer protection = protections.get(page);
            return protection == null
                    ? Optional.empty()
                    : Optional.of(
                            new MemoryRegion(
                                    new AddressRange(page, PAGE),
                                    OptionalLong.empty(),
                                    MemoryRegion.State.COMMITTED,
                                    protection,
                                    protection,
                                    MemoryRegion.Type.PRIVATE));
        }

        @Override
        public List<LoadedModule> modules() {
            return List.copyOf(modules.values());
        }

        @Override
        public Optional<TargetException> exception() {
            return Optional.empty();
        }
    }

    private final class OneThread implements TargetThread {
        private final ThreadRef ref;

        OneThread(ThreadRef ref) {
            this.ref = ref;
        }

        @Override
        public ThreadRef ref() {
            return ref;
        }

        @Override
        public RegisterSet registers() {
            return ScriptedDriver.this.registers(ref);
        }
    }
}
