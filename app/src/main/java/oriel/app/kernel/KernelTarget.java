package oriel.app.kernel;

import java.util.List;
import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;

/** What a {@link KernelView} shows, for everything that takes targets. For its thread. */
final class KernelTarget implements Target {
    private final KernelView view;

    KernelTarget(KernelView view) {
        this.view = view;
    }

    @Override
    public Architecture architecture() {
        return view.session().architecture();
    }

    /** Always the same object, which reads at the current stop: symbols keep it. */
    @Override
    public Memory memory() {
        return view::read;
    }

    @Override
    public List<? extends TargetThread> threads() {
        return view.threads();
    }

    @Override
    public List<LoadedModule> modules() {
        return view.modules();
    }

    @Override
    public List<UnloadedModule> unloadedModules() {
        return view.kernel().unloadedModules();
    }

    @Override
    public Optional<TargetException> exception() {
        return view.stop().exception();
    }

    @Override
    public SystemInfo system() {
        return view.stop().system();
    }

    @Override
    public List<Diagnostic> diagnostics() {
        return view.kernel().diagnostics();
    }
}
