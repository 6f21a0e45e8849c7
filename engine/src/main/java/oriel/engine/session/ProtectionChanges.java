package oriel.engine.session;

import oriel.model.AddressRange;

/**
 * Keeps watches of pages when the program changes the protection of these pages: while the system
 * does so they are open, so that the program sees what it would see without us.
 */
final class ProtectionChanges {
    private static final long THIS_PROCESS = -1;
    private static final String FUNCTION = "NtProtectVirtualMemory";

    private final Runner runner;
    private boolean watching;

    ProtectionChanges(Runner runner) {
        this.runner = runner;
    }

    /** Begins with the first watch. */
    void watch() {
        if (!watching) {
            watching = true;
            Signature signature =
                    KnownDeclarations.windows()
                            .function(FUNCTION)
                            .orElseGet(() -> Signature.of(FUNCTION, 5));
            runner.session()
                    .hook("ntdll!" + FUNCTION, signature)
                    .onEnter(this::entered)
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

    private void entered(FunctionCall call, Stop stop) {
        long handle = call.argument(0);
        boolean own = handle == THIS_PROCESS || (int) handle == THIS_PROCESS;
        int pointer = stop.architecture().pointerSize();
        long base = stop.memory().unsigned(call.argument(1), pointer).orElse(0);
        long size = stop.memory().unsigned(call.argument(2), pointer).orElse(0);
        if (own && size > 0) {
            space(stop).pages().exempt(stop.thread(), new AddressRange(base, size));
        }
    }
}
