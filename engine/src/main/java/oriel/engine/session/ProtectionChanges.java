package oriel.engine.session;

import java.util.List;
import oriel.model.AddressRange;

/**
 * Keeps watches of pages, and breakpoints, when the program changes the protection of the pages
 * they are in: while the system does so watched pages are open, so that the program sees what it
 * would see without us; afterwards code that may be written now is guarded.
 */
final class ProtectionChanges {
    private static final String FUNCTION = "NtProtectVirtualMemory";

    private final Runner runner;
    private final Signature signature =
            KnownDeclarations.windows()
                    .function(FUNCTION)
                    .orElseGet(() -> Signature.of(FUNCTION, 5));
    private boolean watching;

    ProtectionChanges(Runner runner) {
        this.runner = runner;
    }

    /** Begins with the first watch or breakpoint. */
    void watch() {
        if (!watching) {
            watching = true;
            runner.session()
                    .hook("ntdll!" + FUNCTION, signature)
                    .when("pages of ours", (hit, stop) -> space(stop).uses(pages(stop)))
                    .onEnter((call, stop) -> space(stop).pages().exempt(stop.thread(), pages(stop)))
                    .onLeave((call, stop) -> left(stop));
        }
    }

    private void left(Stop stop) {
        ProcessSpace space = space(stop);
        space.pages().endExemption(stop.thread());
        space.traps().protectionsChanged(space);
        space.accesses().forget();
    }

    private ProcessSpace space(Stop stop) {
        return runner.space(stop.processId()).orElseThrow();
    }

    /** What a call is about, when it is about its own process. */
    private AddressRange pages(Stop stop) {
        List<Long> arguments = CallArguments.values(signature, stop);
        if (!SystemBuffers.isOwn(arguments.get(0))) {
            return AddressRange.EMPTY;
        }
        int pointer = stop.architecture().pointerSize();
        long base = stop.memory().unsigned(arguments.get(1), pointer).orElse(0);
        long size = stop.memory().unsigned(arguments.get(2), pointer).orElse(0);
        return size > 0 ? new AddressRange(base, size) : AddressRange.EMPTY;
    }
}
