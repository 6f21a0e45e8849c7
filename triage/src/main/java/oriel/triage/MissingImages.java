package oriel.triage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.model.Architecture;
import oriel.model.Diagnostic;
import oriel.model.FrameTrust;
import oriel.model.LoadedModule;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.Target;

/**
 * Which images would have told callers that had to be guessed. Small dumps hold no images, and on
 * x64 and ARM64 a stack without their unwind tables is full of leftovers.
 */
final class MissingImages {
    private static final int NAMED = 4;

    private final Target target;
    private final boolean needsTables;

    /** Whether the header of a module that was on a stack can be read. */
    private final Map<LoadedModule, Boolean> seen = new LinkedHashMap<>();

    MissingImages(Target target) {
        this.target = target;
        this.needsTables =
                target.architecture() == Architecture.X64
                        || target.architecture() == Architecture.ARM64;
    }

    /** Looks at a stack that was walked. */
    void see(StackTrace trace) {
        List<StackFrame> frames = trace.frames();
        // The outermost frame is the start of the thread, as a rule, and nobody misses it.
        for (int i = 1; needsTables && i < frames.size() - 1; i++) {
            if (frames.get(i).trust() == FrameTrust.SCAN) {
                target.moduleAt(frames.get(i - 1).lookupVa())
                        .ifPresent(module -> seen.computeIfAbsent(module, this::isReadable));
            }
        }
    }

    private boolean isReadable(LoadedModule module) {
        return target.memory().unsigned(module.base(), 2).isPresent();
    }

    /** What to say of them; empty when none is missing. */
    Optional<Diagnostic> diagnostic() {
        var names = new ArrayList<String>();
        seen.forEach(
                (module, readable) -> {
                    if (!readable) {
                        names.add(module.name());
                    }
                });
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMED)));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return Optional.of(
                new Diagnostic(
                        "stacks",
                        "the callers of code in "
                                + shown
                                + more
                                + " are guesses: the unwind tables are not in the dump; with the"
                                + " images (from an image path or a symbol server) the stacks would"
                                + " be exact"));
    }
}
