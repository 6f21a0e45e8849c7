package oriel.engine.session;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import oriel.model.AddressRange;
import oriel.model.ThreadRef;

/**
 * A wish to stop somewhere. It survives runs, waits for modules that are not loaded, and comes back
 * when a module does. Changed while the session is stopped, or by actions and handlers; read by any
 * thread.
 */
public final class Breakpoint implements TrapOwner {
    /** How it is watched for. */
    public enum Kind {
        /** An instruction that stops who executes it, in all threads. */
        CODE,
        /** A debug register: at most four for each thread. */
        HARDWARE,
        /** Closed pages: any size, but slower the more the pages are used. */
        PAGE
    }

    /**
     * What is wanted.
     *
     * @param kind how
     * @param place a label, or an address as {@code 0x...}
     * @param access what counts
     * @param sizeBytes of the data; 1 for execution
     * @param processId in which process; empty for all
     * @param threadId in which thread; empty for all
     */
    record Wish(
            Kind kind,
            String place,
            Access access,
            long sizeBytes,
            OptionalLong processId,
            OptionalLong threadId) {
        Wish inProcess(long id) {
            return new Wish(kind, place, access, sizeBytes, OptionalLong.of(id), threadId);
        }

        Wish onThread(long id) {
            return new Wish(kind, place, access, sizeBytes, processId, OptionalLong.of(id));
        }
    }

    private final Breakpoints table;
    private volatile int id;
    private final Map<Long, Long> addresses = new ConcurrentHashMap<>();
    private final Map<Long, String> problems = new ConcurrentHashMap<>();
    private volatile Wish wish;
    private volatile boolean enabled = true;
    private volatile boolean erased;
    private volatile boolean once;
    private volatile long hits;
    private volatile long toSkip;
    private volatile Optional<HitCondition> condition = Optional.empty();
    private volatile String conditionText = "";
    private volatile Optional<HitAction> action = Optional.empty();

    Breakpoint(Breakpoints table, int id, Wish wish) {
        this.table = table;
        this.id = id;
        this.wish = wish;
    }

    // --- what it is -------------------------------------------------------------------------

    /** Its number, from 0; not given twice in a session, unless somebody chooses one. */
    public int id() {
        return id;
    }

    /**
     * Gives it another number. A breakpoint that has it is erased.
     *
     * @throws IllegalArgumentException when the number is negative, or that of a breakpoint of the
     *     session's own
     */
    public Breakpoint renumber(int number) {
        table.renumber(this, number, chosen -> id = chosen);
        return this;
    }

    /** How it is watched for. */
    public Kind kind() {
        return wish.kind();
    }

    /** The place as the user wrote it. */
    public String place() {
        return wish.place();
    }

    /** What counts. */
    public Access access() {
        return wish.access();
    }

    /** Bytes that are watched; 1 for execution. */
    public long sizeBytes() {
        return wish.sizeBytes();
    }

    /** In which thread it counts; empty for all. */
    public OptionalLong threadId() {
        return wish.threadId();
    }

    /** How often it was hit and its condition held. */
    public long hits() {
        return hits;
    }

    /** Whether it counts now. */
    public boolean isEnabled() {
        return enabled && !erased;
    }

    /** Whether it has been erased. */
    public boolean isErased() {
        return erased;
    }

    /** Whether it is disabled by its first hit. */
    public boolean isOnce() {
        return once;
    }

    /** Whether it has an action instead of stopping. */
    public boolean isAutomatic() {
        return action.isPresent();
    }

    /** Whether it waits for a module in every process. */
    public boolean isPending() {
        return addresses.isEmpty();
    }

    /** The condition as text; empty when there is none, or none of text. */
    public String condition() {
        return conditionText;
    }

    /** Where it is, by process. */
    public Map<Long, Long> addresses() {
        return new TreeMap<>(addresses);
    }

    /** Why it does not work in some process; empty when it does. */
    public Optional<String> problem() {
        return problems.values().stream().findFirst();
    }

    // --- changing it ------------------------------------------------------------------------

    /**
     * Counts only hits at which an expression is not 0, e.g. {@code @rcx == 5}.
     *
     * @see oriel.engine.eval.Expressions
     */
    public Breakpoint when(String expression) {
        conditionText = expression;
        condition = Optional.of((hit, stop) -> stop.expressions().holds(expression));
        return this;
    }

    /** The same by a test, with the words that listings show for it. */
    Breakpoint when(String words, HitCondition test) {
        conditionText = words;
        condition = Optional.of(test);
        return this;
    }

    /** Counts only hits that a test agrees to. */
    public Breakpoint when(HitCondition test) {
        conditionText = "";
        condition = Optional.of(test);
        return this;
    }

    /** Does this at each hit, instead of stopping. */
    public Breakpoint run(HitAction wanted) {
        action = Optional.of(wanted);
        return this;
    }

    /** Disables it at its first hit. */
    public Breakpoint once() {
        once = true;
        return this;
    }

    /** Lets some hits pass, counting them, before the first that stops. */
    public Breakpoint skipping(long count) {
        toSkip = count;
        return this;
    }

    /** Counts hits of one thread only. */
    public Breakpoint onThread(long threadId) {
        table.change(this, () -> wish = wish.onThread(threadId));
        return this;
    }

    /** Lets it count again. */
    public Breakpoint enable() {
        table.change(this, () -> enabled = true);
        return this;
    }

    /** Keeps it, but lets it not count. */
    public Breakpoint disable() {
        table.change(this, () -> enabled = false);
        return this;
    }

    /** Takes it away for good. */
    public void erase() {
        table.change(this, () -> erased = true);
    }

    // --- for the session --------------------------------------------------------------------

    Wish wish() {
        return wish;
    }

    Map<Long, Long> resolved() {
        return addresses;
    }

    Optional<HitCondition> test() {
        return condition;
    }

    Optional<HitAction> action() {
        return action;
    }

    /** Counts a hit. Returns whether it is one of those that stop. */
    boolean count() {
        hits++;
        if (toSkip > 0) {
            toSkip--;
            return false;
        }
        return true;
    }

    OptionalLong addressIn(long processId) {
        Long va = addresses.get(processId);
        return va == null ? OptionalLong.empty() : OptionalLong.of(va);
    }

    Optional<AddressRange> rangeIn(long processId) {
        Long va = addresses.get(processId);
        return va == null ? Optional.empty() : Optional.of(new AddressRange(va, wish.sizeBytes()));
    }

    boolean isFor(ThreadRef thread) {
        return isIn(thread.processId())
                && (wish.threadId().isEmpty() || wish.threadId().getAsLong() == thread.threadId());
    }

    boolean isIn(long processId) {
        return wish.processId().isEmpty() || wish.processId().getAsLong() == processId;
    }

    boolean sharesThreadWith(Breakpoint other) {
        return wish.threadId().isEmpty()
                || other.wish.threadId().isEmpty()
                || wish.threadId().getAsLong() == other.wish.threadId().getAsLong();
    }

    void limit(long processId) {
        wish = wish.inProcess(processId);
    }

    void problem(long processId, String reason) {
        problems.put(processId, reason);
    }

    void noProblem(long processId) {
        problems.remove(processId);
    }

    @Override
    public void reached(ProcessSpace space, ThreadRef thread, long va) {
        table.hit(this, space, thread, va, Access.EXECUTE, va);
    }

    @Override
    public void refused(ProcessSpace space, long va, String reason) {
        addresses.remove(space.processId());
        problem(space.processId(), "0x" + Long.toHexString(va) + ": " + reason);
    }

    @Override
    public String toString() {
        return "breakpoint " + id + " at " + wish.place();
    }
}
