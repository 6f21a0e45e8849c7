package oriel.win32;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import oriel.driver.DriverException;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryRegion;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.model.UnloadedModule;

/**
 * What a process is at one moment: its modules, its threads when it is held, its map. Read on a
 * thread of its own, because a question about a held thread may never be answered: Wine waits until
 * the thread has stopped, and one that was held while it started stops only after it went on.
 */
final class HeldProcess {
    private static final int TIMED_OUT = 258;

    /** STATUS_PROCESS_IS_TERMINATING, which Windows says itself and Wine does not. */
    private static final int TERMINATING = 0xc000010a;

    private static final int TRIES = 3;

    private final WindowsProcess process;
    private final boolean nativeSide;
    private final Architecture architecture;
    private final List<TargetThread> threads = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private List<LoadedModule> modules = List.of();
    private List<UnloadedModule> unloaded = List.of();
    private List<MemoryRegion> regions = List.of();

    /** What is being asked now; each answer begins the wait again. */
    private String question = "";

    private long answers;
    private boolean done;
    private @Nullable RuntimeException failure;

    private HeldProcess(WindowsProcess process, boolean nativeSide) {
        this.process = process;
        this.nativeSide = nativeSide;
        this.architecture = nativeSide ? process.machine() : process.architecture();
    }

    /** What is there, and what holds it; the latter is empty for a process that runs on. */
    record Reading(HeldProcess process, Optional<Suspension> suspension) {}

    /**
     * Holds a process and reads it. Where an answer does not come, lets it go on and tries again.
     *
     * @param patience for each single answer at the first try; twice as long at each later one
     * @throws DriverException when it cannot be held, or does not answer; it is not held then
     */
    static Reading hold(WindowsProcess process, boolean nativeSide, Duration patience) {
        if (!process.isAlive()) {
            throw new DriverException(
                    "process " + process.processId(), TERMINATING, "The process has ended.");
        }
        String question = "";
        Duration limit = patience;
        for (int i = 0; i < TRIES; i++) {
            limit = patience.multipliedBy(1L << i);
            Suspension suspension = process.suspend();
            var reading = new HeldProcess(process, nativeSide);
            try {
                if (reading.readWithin(limit)) {
                    return new Reading(reading, Optional.of(suspension));
                }
            } catch (RuntimeException e) {
                suspension.close();
                throw e;
            }
            suspension.close();
            question = reading.question();
        }
        throw new DriverException(
                question + " of process " + process.processId(),
                TIMED_OUT,
                "No answer in "
                        + limit.toMillis()
                        + " ms: the process may be starting or ending. It runs on.");
    }

    /** Reads a process that runs on: no threads, and what else there is may change meanwhile. */
    static Reading watch(WindowsProcess process) {
        var reading = new HeldProcess(process, false);
        reading.readModules();
        reading.regions = process.memory().map();
        return new Reading(reading, Optional.empty());
    }

    List<LoadedModule> modules() {
        return modules;
    }

    List<UnloadedModule> unloadedModules() {
        return unloaded;
    }

    List<TargetThread> threads() {
        return List.copyOf(threads);
    }

    List<MemoryRegion> regions() {
        return regions;
    }

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    // --- waiting --------------------------------------------------------------------------------

    private boolean readWithin(Duration patience) {
        var reader = new Thread(this::readAll, "oriel-hold-" + process.processId());
        reader.setDaemon(true);
        reader.start();
        synchronized (this) {
            try {
                long seen = -1;
                while (!done && seen != answers) {
                    seen = answers;
                    long end = System.nanoTime() + patience.toNanos();
                    long left = patience.toNanos();
                    while (!done && seen == answers && left > 0) {
                        wait(left / 1_000_000 + 1);
                        left = end - System.nanoTime();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (failure != null) {
                throw failure;
            }
            return done;
        }
    }

    private synchronized void ask(String next) {
        question = next;
        answers++;
        notifyAll();
    }

    private synchronized String question() {
        return question;
    }

    private synchronized void end(@Nullable RuntimeException why) {
        failure = why;
        done = true;
        notifyAll();
    }

    private void readAll() {
        try {
            ask("list of modules");
            readModules();
            ask("list of threads");
            for (ThreadEntry entry : process.threads()) {
                ask("state of thread " + entry.threadId());
                read(entry);
            }
            ask("memory map");
            regions = process.memory().map();
            end(null);
        } catch (RuntimeException e) {
            end(e);
        }
    }

    // --- reading --------------------------------------------------------------------------------

    private void readModules() {
        var found = new ArrayList<LoadedModule>();
        for (LoadedModule m :
                LoaderList.read(
                        process.memory(),
                        architecture,
                        nativeSide ? process.nativePebVa() : process.pebVa())) {
            found.add(
                    new LoadedModule(
                            m.range(),
                            m.path(),
                            m.timestamp(),
                            m.checksum(),
                            VersionResource.read(process.memory(), m.base()),
                            m.pdb()));
        }
        modules = List.copyOf(found);
        unloaded = UnloadedList.read(process, architecture, modules);
    }

    private void read(ThreadEntry entry) {
        try (WindowsThread thread = WindowsThread.open(process, entry.threadId())) {
            threads.add(read(entry, thread));
        } catch (DriverException e) {
            diagnostics.add(
                    new Diagnostic("thread " + entry.threadId(), String.valueOf(e.getMessage())));
        }
    }

    /** A thread whose registers cannot be read is there all the same. */
    private RegisterSet registers(WindowsThread thread) {
        try {
            return nativeSide ? thread.nativeRegisters() : thread.registers();
        } catch (DriverException e) {
            diagnostics.add(
                    new Diagnostic(
                            "registers of thread " + thread.threadId(),
                            String.valueOf(e.getMessage())));
            return RegisterSet.builder(architecture).build();
        }
    }

    /** How often others hold a thread; this holds it once more. */
    private static OptionalInt held(WindowsThread thread) {
        OptionalInt count = thread.suspendCount();
        return count.isPresent() ? OptionalInt.of(Math.max(0, count.getAsInt() - 1)) : count;
    }

    private TargetThread read(ThreadEntry entry, WindowsThread thread) {
        RegisterSet registers = registers(thread);
        Optional<RegisterSet> other =
                process.isWow64() && !nativeSide
                        ? Optional.of(thread.nativeRegisters())
                        : Optional.empty();
        long teb = thread.tebVa();
        int word = architecture.pointerSize();
        Memory memory = process.memory();
        long top = memory.pointer(teb + word, architecture).orElse(0);
        long sp = registers.sp().orElse(0);
        AddressRange stack =
                AddressRange.compare(sp, top) < 0 && top - sp < 1L << 30
                        ? new AddressRange(sp, top - sp)
                        : AddressRange.EMPTY;
        return new LiveThread(
                new ThreadRef(process.processId(), entry.threadId()),
                registers,
                other,
                thread.name(),
                stack,
                teb,
                thread.startVa(),
                entry.basePriority(),
                held(thread),
                thread.times());
    }
}
