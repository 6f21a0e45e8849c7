package oriel.triage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import oriel.engine.unwind.StackWalker;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * Which modules will be on the stacks, told by a walk without symbols: so that slow servers are
 * asked for all of them at the same time.
 */
final class AppearingModules {
    private static final int MOST_FRAMES = 100_000;

    private AppearingModules() {}

    static Set<LoadedModule> of(Target target) {
        var walker = new StackWalker(target, List.of());
        var found = new LinkedHashSet<LoadedModule>();
        int frames = 0;
        for (TargetThread thread : target.threads()) {
            for (StackFrame frame : walker.walk(thread).frames()) {
                target.moduleAt(frame.pc()).ifPresent(found::add);
                frames++;
            }
            if (frames > MOST_FRAMES) {
                break;
            }
        }
        return found;
    }
}
