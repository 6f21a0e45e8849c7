package oriel.kd;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;

/** What can be read of a kernel at whatever stop it is. Empty while it runs. */
final class KernelTarget implements Target {
    private final KdSession session;
    private final Collection<LoadedModule> modules;
    private final Memory memory = this::read;

    KernelTarget(KdSession session, Collection<LoadedModule> modules) {
        this.session = session;
        this.modules = modules;
    }

    private int read(long va, byte[] into, int offset, int length) {
        return session.isStopped() ? session.stop().memory().read(va, into, offset, length) : 0;
    }

    @Override
    public Architecture architecture() {
        return session.architecture();
    }

    @Override
    public Memory memory() {
        return memory;
    }

    @Override
    public List<? extends TargetThread> threads() {
        return session.isStopped() ? session.stop().threads() : List.of();
    }

    @Override
    public List<LoadedModule> modules() {
        return List.copyOf(modules);
    }

    @Override
    public Optional<TargetException> exception() {
        return session.isStopped() ? session.stop().exception() : Optional.empty();
    }

    @Override
    public SystemInfo system() {
        return session.stop().system();
    }
}
