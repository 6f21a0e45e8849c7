package oriel.engine.session;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Passes the events of each process to a handler of its own. */
final class ProcessHandlers extends DebugHandler {
    private final DebugSession session;
    private final Supplier<? extends DebugHandler> maker;
    private final Map<Long, DebugHandler> handlers = new HashMap<>();

    ProcessHandlers(DebugSession session, Supplier<? extends DebugHandler> maker) {
        this.session = session;
        this.maker = maker;
    }

    @Override
    public void onEvent(DebugEvent event, Stop stop) throws Exception {
        long processId = event.thread().processId();
        DebugHandler own = handlers.get(processId);
        if (own == null) {
            own = maker.get();
            handlers.put(processId, own);
            own.setHooks(session, OptionalLong.of(processId));
        }
        own.take(event, stop);
        if (event instanceof DebugEvent.ProcessExited) {
            handlers.remove(processId);
        }
    }
}
