package oriel.engine.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import oriel.engine.kernel.KernelMemory.Walk;
import oriel.model.AddressRange;
import oriel.model.Diagnostic;
import oriel.model.RegisterSet;
import oriel.model.ThreadRef;

/** Reads processes and their threads. */
final class ProcessReader {
    private static final int MOST_PROCESSES = 20_000;
    private static final int MOST_THREADS = 20_000;
    private static final int NAME_LENGTH = 15;
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
    private static final int LARGEST_STACK = 1 << 20;

    private final KernelMemory memory;
    private final KernelLayout layout;
    private final Consumer<Diagnostic> problems;

    ProcessReader(KernelMemory memory, KernelLayout layout, Consumer<Diagnostic> problems) {
        this.memory = memory;
        this.layout = layout;
        this.problems = problems;
    }

    List<KernelProcess> processes(long head) {
        Optional<KnownOffset> links = layout.offset(KernelField.PROCESS_LINKS);
        if (links.isEmpty()) {
            OptionalLong first = memory.pointer(head);
            if (first.isPresent() && memory.pointer(first.getAsLong()).isPresent()) {
                problems.accept(
                        new Diagnostic(
                                "processes",
                                "where the list lies in _EPROCESS is not known: no symbols of the"
                                        + " kernel, and the checks found no likely place"));
            }
            return List.of();
        }
        Walk walk = memory.list(head, MOST_PROCESSES);
        if (!walk.isWhole() && !walk.entries().isEmpty()) {
            problems.accept(new Diagnostic("processes", "the list " + walk.problem()));
        }
        var processes = new ArrayList<KernelProcess>();
        for (long entry : walk.entries()) {
            processes.add(process(entry - links.get().value() & mask()));
        }
        return List.copyOf(processes);
    }

    private long mask() {
        return memory.architecture().addressMask();
    }

    KernelProcess process(long va) {
        OptionalLong peb = layout.pointer(va, KernelField.PROCESS_PEB);
        OptionalLong parent = layout.pointer(va, KernelField.PROCESS_PARENT);
        return new KernelProcess(
                va,
                layout.pointer(va, KernelField.PROCESS_ID).orElse(0) & 0xffffffffL,
                parent,
                name(va),
                layout.pointer(va, KernelField.PROCESS_DIRECTORY_TABLE).orElse(0),
                peb.isPresent() && peb.getAsLong() != 0 && !memory.isKernel(peb.getAsLong())
                        ? peb
                        : OptionalLong.empty(),
                created(va));
    }

    private String name(long va) {
        return layout.offset(KernelField.PROCESS_NAME)
                .flatMap(offset -> memory.text(va + offset.value(), NAME_LENGTH))
                .orElse("");
    }

    private Optional<Instant> created(long va) {
        OptionalLong time = layout.unsigned(va, KernelField.PROCESS_CREATED, 8);
        return time.isEmpty() || time.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochSecond(
                                time.getAsLong() / UNITS_PER_SECOND - SECONDS_1601_TO_1970,
                                time.getAsLong() % UNITS_PER_SECOND * 100));
    }

    /** The threads of a process, those that run with the registers of their processors. */
    List<KernelThread> threads(KernelProcess process, List<KernelProcessor> processors) {
        Optional<KnownOffset> list = layout.offset(KernelField.PROCESS_THREADS);
        Optional<KnownOffset> entryAt = layout.offset(KernelField.THREAD_LINKS);
        if (list.isEmpty() || entryAt.isEmpty()) {
            return List.of();
        }
        Walk walk = memory.list(process.va() + list.get().value(), MOST_THREADS);
        if (!walk.isWhole() && !walk.entries().isEmpty()) {
            problems.accept(
                    new Diagnostic(
                            "threads of process " + process.processId(),
                            "the list " + walk.problem()));
        }
        var threads = new ArrayList<KernelThread>();
        for (long entry : walk.entries()) {
            long va = entry - entryAt.get().value() & mask();
            Optional<KernelProcessor> processor =
                    processors.stream().filter(p -> p.currentThreadVa() == va).findFirst();
            threads.add(thread(va, Optional.of(process), processor));
        }
        return threads;
    }

    /** A thread, which may run on a processor. */
    KernelThread thread(
            long va, Optional<KernelProcess> process, Optional<KernelProcessor> processor) {
        OptionalLong stackAt = layout.pointer(va, KernelField.THREAD_KERNEL_STACK);
        RegisterSet registers =
                processor
                        .map(KernelProcessor::registers)
                        .orElseGet(
                                () ->
                                        stackAt.isPresent()
                                                ? new SwitchFrame(memory)
                                                        .registers(stackAt.getAsLong())
                                                : RegisterSet.unknown(memory.architecture()));
        OptionalLong teb = layout.pointer(va, KernelField.THREAD_TEB);
        OptionalLong state = layout.unsigned(va, KernelField.THREAD_STATE, 1);
        return new KernelThread(
                va,
                ref(va, process, processor),
                process.map(KernelProcess::va).orElse(0L),
                processor.isPresent()
                        ? OptionalInt.of(processor.get().number())
                        : OptionalInt.empty(),
                state.isPresent() ? OptionalInt.of((int) state.getAsLong()) : OptionalInt.empty(),
                registers,
                stack(va, registers.sp()),
                teb.isPresent() && teb.getAsLong() != 0 ? teb : OptionalLong.empty(),
                start(va),
                title(process, processor));
    }

    private ThreadRef ref(
            long va, Optional<KernelProcess> process, Optional<KernelProcessor> processor) {
        Optional<KnownOffset> client = layout.offset(KernelField.THREAD_ID);
        long id = 0;
        long processId = process.map(KernelProcess::processId).orElse(0L);
        if (client.isPresent()) {
            long at = va + client.get().value();
            id = memory.pointer(at + memory.pointerSize()).orElse(0) & 0xffffffffL;
            processId = memory.pointer(at).orElse(processId) & 0xffffffffL;
        }
        if (id == 0 && processor.isPresent()) {
            id = KernelThread.idleId(processor.get().number());
        }
        return new ThreadRef(processId, id);
    }

    private static Optional<String> title(
            Optional<KernelProcess> process, Optional<KernelProcessor> processor) {
        String program = process.map(KernelProcess::name).orElse("");
        if (processor.isEmpty()) {
            return program.isEmpty() ? Optional.empty() : Optional.of(program);
        }
        String cpu = "CPU " + processor.get().number();
        if (processor.get().isIdle()) {
            return Optional.of(cpu + ", idle");
        }
        return Optional.of(program.isEmpty() ? cpu : cpu + ", " + program);
    }

    private AddressRange stack(long va, OptionalLong pointer) {
        if (pointer.isEmpty()) {
            return AddressRange.EMPTY;
        }
        OptionalLong top = layout.pointer(va, KernelField.THREAD_STACK_BASE);
        if (top.isEmpty() || top.getAsLong() == 0) {
            top = layout.pointer(va, KernelField.THREAD_INITIAL_STACK);
        }
        long sp = pointer.getAsLong();
        boolean within =
                top.isPresent() && Long.compareUnsigned(top.getAsLong() - sp, LARGEST_STACK) <= 0;
        return within ? AddressRange.between(sp, top.getAsLong()) : AddressRange.EMPTY;
    }

    private OptionalLong start(long va) {
        OptionalLong win32 = layout.pointer(va, KernelField.THREAD_WIN32_START);
        if (win32.isPresent() && win32.getAsLong() != 0) {
            return win32;
        }
        OptionalLong start = layout.pointer(va, KernelField.THREAD_START);
        return start.isPresent() && start.getAsLong() != 0 ? start : OptionalLong.empty();
    }
}
