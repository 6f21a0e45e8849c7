package oriel.engine.session;

import java.util.Optional;

/** Follows the calls of hooked functions. */
final class Hooks {
    private final Runner runner;
    private final CallStacks<FunctionCall> calls;

    Hooks(Runner runner) {
        this.runner = runner;
        this.calls = new CallStacks<>(runner, this::left);
        runner.parts().add(calls);
    }

    Hook add(String place, Signature signature) {
        return new Hook(this, signature, runner.breakpoints().addHidden(place));
    }

    void limit(Breakpoint entry, long processId) {
        runner.breakpoints().limit(entry, processId);
    }

    void removed(Hook hook) {
        calls.forget(call -> call.hook() == hook);
    }

    void entered(Hook hook, long va, Stop stop) throws Exception {
        ProcessSpace space = runner.space(stop.processId()).orElseThrow();
        hook.declare(va, stop);
        var call = new FunctionCall(hook, va, stop);
        calls.abandon(space, call);
        call.depth(calls.depth(call.thread()));
        if (!hook.isOneWay()) {
            calls.enter(space, call);
        }
        Optional<Hook.CallAction> action = hook.enter();
        if (action.isPresent()) {
            action.get().on(call, stop);
        }
        if (hook.isOneWay()) {
            left(call, false);
        }
    }

    private void left(FunctionCall call, boolean returned) {
        call.ends(returned);
        Optional<Hook.CallAction> action = call.hook().leave();
        if (action.isPresent()) {
            runner.ask(
                    call.thread(),
                    "the hook of " + call.hook().signature().name(),
                    stop -> {
                        action.get().on(call, stop);
                        return true;
                    });
        }
    }
}
