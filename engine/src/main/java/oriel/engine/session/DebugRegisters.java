package oriel.engine.session;

import java.util.Optional;
import oriel.model.AddressRange;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * Watches by debug registers, and what stands in for them where the system allows registers only
 * while a process has one thread ({@link oriel.driver.DebugDriver#sharesDebugRegisters}): code
 * traps, and closed pages whose accesses are told when they are done, as registers do.
 *
 * <p>The change must come before a second thread can stop the process, so it is made where the
 * program asks for a thread. It is made back when other threads than the program's own have ended.
 */
final class DebugRegisters implements SessionPart {
    private static final String CREATE = "ntdll!NtCreateThreadEx";

    private final Runner runner;
    private final ProtectionChanges protections;
    private final SystemBuffers buffers;
    private boolean watching;

    DebugRegisters(Runner runner, ProtectionChanges protections, SystemBuffers buffers) {
        this.runner = runner;
        this.protections = protections;
        this.buffers = buffers;
    }

    /** Decides how a process is watched, before its first watch. */
    void check(ProcessSpace space) {
        if (runner.driver().sharesDebugRegisters()) {
            return;
        }
        if (!watching) {
            watching = true;
            runner.parts().add(this);
            runner.breakpoints()
                    .addHidden(CREATE)
                    .run((hit, stop) -> runner.space(stop.processId()).ifPresent(this::creates));
        }
        allow(space, !space.slots().isShared() && space.target().threads().size() < 2);
    }

    private void creates(ProcessSpace space) {
        space.slots().share();
        allow(space, false);
    }

    @Override
    public void threadStarted(ProcessSpace space, ThreadRef thread) {
        allow(space, space.target().threads().size() < 2 && space.slots().areAllowed());
    }

    @Override
    public void threadExited(ProcessSpace space, ThreadRef thread) {
        allow(space, space.target().threads().size() < 2 && !space.slots().isShared());
    }

    private void allow(ProcessSpace space, boolean registers) {
        HardwareSlots slots = space.slots();
        if (registers == slots.areAllowed()) {
            return;
        }
        var all = slots.watches();
        for (Breakpoint each : all) {
            each.addressIn(space.processId()).ifPresent(va -> leave(each, space, va));
        }
        slots.allow(registers);
        all.forEach(watch -> watch.noProblem(space.processId()));
        for (Breakpoint each : all) {
            watch(each, space);
        }
        runner.applySlots(space);
    }

    /** Begins to watch in the way that is allowed now. */
    void watch(Breakpoint watch, ProcessSpace space) {
        long va = watch.addressIn(space.processId()).orElseThrow();
        if (space.slots().isInRegister(watch)) {
            runner.applySlots(space);
        } else if (watch.access() == Access.EXECUTE) {
            space.traps().add(va, watch);
        } else {
            space.pages().add(watch, new AddressRange(va, watch.sizeBytes()));
            protections.watch();
            buffers.watch();
        }
    }

    /** Ends a watch, however it was made. */
    void end(Breakpoint watch, ProcessSpace space, long va) {
        boolean register = space.slots().isInRegister(watch);
        leave(watch, space, va);
        space.slots().remove(watch);
        if (register) {
            runner.applySlots(space);
            for (TargetThread thread : space.target().threads()) {
                if (!runner.current().equals(Optional.of(thread.ref()))) {
                    space.slots().mayBeLate(thread.ref());
                }
            }
        }
    }

    private static void leave(Breakpoint watch, ProcessSpace space, long va) {
        if (space.slots().isInRegister(watch)) {
            return;
        }
        if (watch.access() == Access.EXECUTE) {
            space.traps().remove(va, watch);
        } else {
            space.pages().remove(watch);
        }
    }

    /** A page cannot be closed: there is no other way than a register. */
    static void insist(Breakpoint watch, ProcessSpace space, Runner runner) {
        space.slots().insist(watch);
        runner.applySlots(space);
        watch.problem(
                space.processId(),
                "it stays in a debug register, as its page belongs to a stack; under Wine a thread"
                        + " that runs into it just when another one stops hangs");
    }
}
