package oriel.engine.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import oriel.model.LoadedModule;
import oriel.model.ThreadRef;

/** All parts of a session, told one after the other. */
final class SessionParts implements SessionPart {
    private final List<SessionPart> all = new CopyOnWriteArrayList<>();

    void add(SessionPart part) {
        all.add(part);
    }

    void remove(SessionPart part) {
        all.remove(part);
    }

    @Override
    public void processReady(ProcessSpace space) {
        all.forEach(p -> p.processReady(space));
    }

    @Override
    public void moduleLoaded(ProcessSpace space, LoadedModule module) {
        all.forEach(p -> p.moduleLoaded(space, module));
    }

    @Override
    public void moduleUnloaded(ProcessSpace space, LoadedModule module) {
        all.forEach(p -> p.moduleUnloaded(space, module));
    }

    @Override
    public void threadStarted(ProcessSpace space, ThreadRef thread) {
        all.forEach(p -> p.threadStarted(space, thread));
    }

    @Override
    public void threadExited(ProcessSpace space, ThreadRef thread) {
        all.forEach(p -> p.threadExited(space, thread));
    }

    @Override
    public void processExited(ProcessSpace space) {
        all.forEach(p -> p.processExited(space));
    }

    @Override
    public void processReleased(ProcessSpace space) {
        all.forEach(p -> p.processReleased(space));
    }
}
