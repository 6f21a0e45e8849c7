package oriel.kd;

import java.util.Optional;
import oriel.model.ContextLayout;
import oriel.model.RegisterSet;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/** A processor of a kernel as a thread of it: what it runs at a stop. */
public final class Processor implements TargetThread {
    private final KdSession session;
    private final KdStop stop;
    private final int number;
    private Optional<byte[]> context = Optional.empty();

    Processor(KdSession session, KdStop stop, int number) {
        this.session = session;
        this.stop = stop;
        this.number = number;
    }

    /** Its number, from 0. */
    public int number() {
        return number;
    }

    @Override
    public ThreadRef ref() {
        return new ThreadRef(0, number);
    }

    /** Its registers; all unknown when the target does not tell. */
    @Override
    public RegisterSet registers() {
        session.check(stop);
        return ContextLayout.of(stop.architecture()).read(context());
    }

    /** The bytes of its CONTEXT; none when the target does not tell. */
    byte[] context() {
        if (context.isEmpty()) {
            context = Optional.of(session.readContext(number, stop.architecture()));
        }
        return context.get();
    }

    void forget() {
        context = Optional.empty();
    }

    @Override
    public Optional<String> name() {
        return Optional.of("processor " + number);
    }
}
