package oriel.kd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.kd.protocol.StateChange;
import oriel.kd.protocol.StateChange.ExceptionEvent;
import oriel.kd.protocol.TargetVersion;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PhysicalMemory;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * A kernel held still. Its threads are the processors, in the order of their numbers with the one
 * that stopped first; thread ids are processor numbers. Reads ask the target when they are made,
 * and throw {@link oriel.model.StaleStopException} after it has run on. For the thread of its
 * session.
 */
public final class KdStop implements Target {
    private final KdSession session;
    private final StateChange change;
    private final TargetVersion version;
    private final Architecture architecture;
    private final KdMemory memory;
    private final List<Processor> processors = new ArrayList<>();

    KdStop(KdSession session, StateChange change, TargetVersion version, Architecture a) {
        this.session = session;
        this.change = change;
        this.version = version;
        this.architecture = a;
        this.memory = new KdMemory(session, this);
        processors.add(new Processor(session, this, change.processor()));
        long count = Math.min(change.processors(), KdSession.MAX_PROCESSORS);
        for (int i = 0; i < count; i++) {
            if (i != change.processor()) {
                processors.add(new Processor(session, this, i));
            }
        }
    }

    /** Why and where it stopped, as the target said. */
    public StateChange change() {
        return change;
    }

    /** What the target says of itself. */
    public TargetVersion version() {
        return version;
    }

    /** The processor that stopped. */
    public int processor() {
        return change.processor();
    }

    /** Its program counter. */
    public long pc() {
        return change.pc() & architecture.addressMask();
    }

    /** The address of its KTHREAD. */
    public long threadVa() {
        return change.threadVa() & architecture.addressMask();
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public Memory memory() {
        return memory;
    }

    /** Physical memory, remembered for this stop. */
    public PhysicalMemory physicalMemory() {
        return memory.physical();
    }

    @Override
    public List<? extends TargetThread> threads() {
        return List.copyOf(processors);
    }

    /** A processor as a thread. */
    public Optional<Processor> processor(int number) {
        return processors.stream().filter(p -> p.number() == number).findFirst();
    }

    /** None: where the kernel's lists lie is not the protocol's business. */
    @Override
    public List<LoadedModule> modules() {
        return List.of();
    }

    @Override
    public Optional<TargetException> exception() {
        if (!(change.event() instanceof ExceptionEvent e)) {
            return Optional.empty();
        }
        return Optional.of(
                new TargetException(
                        new ThreadRef(0, change.processor()),
                        e.code(),
                        e.flags(),
                        pc(),
                        e.nestedVa() == 0 ? OptionalLong.empty() : OptionalLong.of(e.nestedVa()),
                        e.parameters()));
    }

    @Override
    public SystemInfo system() {
        return new SystemInfo(
                SystemInfo.Platform.WINDOWS,
                "build " + version.build(),
                "",
                Optional.empty(),
                Optional.of(architecture),
                OptionalInt.of(processors.size()),
                "");
    }

    /** Forgets memory that was read: something was written. */
    void forgetMemory() {
        memory.forget();
    }
}
