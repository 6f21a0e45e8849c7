package oriel.engine.session;

import java.util.Optional;

/**
 * A function whose calls are told at their entry and their exit. Calls that recurse, that end in
 * another function (tail calls), and that are left by exceptions have the right exits.
 */
public final class Hook {
    /** What is done at an entry or an exit. Called on the control thread. */
    @FunctionalInterface
    public interface CallAction {
        /** What it throws is told as {@link DebugEvent.CallbackFailed}. */
        void on(FunctionCall call, Stop stop) throws Exception;
    }

    private final Hooks hooks;
    private final Breakpoint entry;
    private volatile Signature signature;
    private volatile boolean guessed;
    private volatile boolean oneWay;
    private volatile Optional<CallAction> enter = Optional.empty();
    private volatile Optional<CallAction> leave = Optional.empty();

    Hook(Hooks hooks, Signature signature, Breakpoint entry) {
        this.hooks = hooks;
        this.signature = signature;
        this.entry = entry;
        entry.run((hit, stop) -> hooks.entered(this, hit.va(), stop));
    }

    /** The function. */
    public Signature signature() {
        return signature;
    }

    /** Has symbols tell the declaration at the first call, because nobody has given one. */
    Hook guessed() {
        guessed = true;
        return this;
    }

    /** Takes the declaration that symbols tell, when they tell one. */
    void declare(long va, Stop stop) {
        if (guessed) {
            guessed = false;
            stop.moduleAt(va)
                    .flatMap(
                            module ->
                                    SymbolSignature.at(
                                            stop.symbolizer(), module, va, signature.name()))
                    .ifPresent(told -> signature = told);
        }
    }

    /** How often it was called. */
    public long calls() {
        return entry.hits();
    }

    /** Whether its module is not there yet. */
    public boolean isPending() {
        return entry.isPending();
    }

    /** Does something at each entry. */
    public Hook onEnter(CallAction action) {
        enter = Optional.of(action);
        return this;
    }

    /**
     * Does something at each exit, also when the call was left by an exception or its thread ended.
     */
    public Hook onLeave(CallAction action) {
        leave = Optional.of(action);
        return this;
    }

    /** Tells the first call only. */
    public Hook once() {
        entry.once();
        return this;
    }

    /** Counts only calls for which an expression is not 0 at the entry. */
    public Hook when(String expression) {
        entry.when(expression);
        return this;
    }

    /** The same by a test. */
    Hook when(String words, HitCondition test) {
        entry.when(words, test);
        return this;
    }

    void limit(long processId) {
        hooks.limit(entry, processId);
    }

    /** Takes it away; calls that are under way are told no exit. */
    public void remove() {
        entry.erase();
        hooks.removed(this);
    }

    /** For functions that never return: their exit is told right after their entry. */
    Hook oneWay() {
        oneWay = true;
        return this;
    }

    boolean isOneWay() {
        return oneWay;
    }

    Optional<CallAction> enter() {
        return enter;
    }

    Optional<CallAction> leave() {
        return leave;
    }
}
