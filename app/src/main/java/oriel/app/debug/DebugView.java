package oriel.app.debug;

import java.util.Optional;
import oriel.app.console.ConsoleException;
import oriel.app.console.Inspected;
import oriel.engine.session.DebugSession;
import oriel.engine.session.Stop;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.RegisterSet;
import oriel.model.Target;
import oriel.model.TargetThread;

/** Where the session stands, for the commands that look at it. */
final class DebugView implements Inspected {
    private final DebugSession session;

    DebugView(DebugSession session) {
        this.session = session;
    }

    DebugSession session() {
        return session;
    }

    Optional<Stop> now() {
        return session.current();
    }

    /** The present stop. */
    Stop stop() {
        return now().orElseThrow(() -> new ConsoleException("nothing is debugged"));
    }

    @Override
    public Target target() {
        return stop();
    }

    @Override
    public Symbolizer symbolizer() {
        return stop().symbolizer();
    }

    @Override
    public StackWalker walker() {
        return stop().walker();
    }

    @Override
    public TargetThread thread() {
        return stop().current().orElseThrow(() -> new ConsoleException("the thread has ended"));
    }

    @Override
    public void write(long va, byte[] bytes) {
        try {
            stop().write(va, bytes);
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void write(RegisterSet registers) {
        stop().setRegisters(registers);
    }
}
