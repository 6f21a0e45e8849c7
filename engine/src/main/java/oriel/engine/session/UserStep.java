package oriel.engine.session;

import oriel.driver.DebugDriver;
import oriel.engine.disasm.Instruction;
import oriel.model.ThreadRef;

/**
 * A step that the user asked for: ends after one instruction, or where a trap of its own says.
 * Abandoned when something else holds first.
 */
final class UserStep implements StepOwner, TrapOwner {
    private final Runner runner;
    private final DebugDriver driver;
    private final ThreadRef thread;
    private final boolean anyThread;

    /** At its place it counts only with a stack pointer above this; 0 for any. */
    private final long below;

    private long trapVa;
    private boolean trapped;
    private boolean done;

    UserStep(Runner runner, ThreadRef thread, boolean anyThread, long below) {
        this.runner = runner;
        this.driver = runner.driver();
        this.thread = thread;
        this.anyThread = anyThread;
        this.below = below;
    }

    /** Executes one instruction. */
    void instruction() {
        runner.stepping().begin(thread, this);
    }

    /** Runs to a place. */
    void to(long va) {
        trapVa = va;
        trapped = true;
        runner.space(thread.processId()).ifPresent(s -> s.traps().add(va, this));
    }

    @Override
    public void stepped(ProcessSpace space, ThreadRef who, Instruction from) {
        finish(space, who);
    }

    @Override
    public void reached(ProcessSpace space, ThreadRef who, long va) {
        boolean right = anyThread || who.equals(thread);
        if (right && (below == 0 || above(who))) {
            finish(space, who);
        }
    }

    private boolean above(ThreadRef who) {
        return Long.compareUnsigned(driver.registers(who).sp().orElse(0), below) > 0;
    }

    @Override
    public void refused(ProcessSpace space, long va, String reason) {
        runner.ask(
                thread,
                "a step",
                stop -> {
                    throw new IllegalStateException(
                            "no breakpoint can be set at 0x"
                                    + Long.toHexString(va)
                                    + ": "
                                    + reason);
                });
    }

    private void finish(ProcessSpace space, ThreadRef who) {
        if (!done) {
            cancel();
            runner.fire(new DebugEvent.StepDone(who, space.pc(who)), true);
        }
    }

    /** Ends it, whether or not it came to its end. */
    void cancel() {
        if (done) {
            return;
        }
        done = true;
        runner.stepping().end(thread, this);
        if (trapped) {
            runner.space(thread.processId()).ifPresent(s -> s.traps().remove(trapVa, this));
        }
    }
}
