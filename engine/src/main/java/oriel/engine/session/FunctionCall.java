package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import oriel.engine.session.CallArguments.Place;
import oriel.model.ThreadRef;

/** One call of a hooked function, from its entry to its exit. For callbacks of a {@link Hook}. */
public final class FunctionCall {
    private final Hook hook;
    private final ThreadRef thread;
    private final long returnVa;
    private final long entrySp;
    private final int depth;
    private final List<Place> places;
    private final List<Long> values = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private boolean unwound;
    private boolean returned;

    FunctionCall(Hook hook, Stop stop, int depth) {
        this.hook = hook;
        this.thread = stop.thread();
        this.entrySp = stop.sp();
        this.returnVa = stop.readPointer(entrySp);
        this.depth = depth;
        this.places = CallArguments.places(hook.signature(), stop.architecture(), entrySp);
        for (Place place : places) {
            long value = CallArguments.read(place, stop);
            values.add(value);
            texts.add(CallArguments.text(place.parameter().type(), value, stop));
        }
    }

    /** The hook. */
    public Hook hook() {
        return hook;
    }

    /** Who calls. */
    public ThreadRef thread() {
        return thread;
    }

    /** Where the call returns to. */
    public long returnVa() {
        return returnVa;
    }

    /** How many hooked calls of the thread this one is within; 0 for the outermost. */
    public int depth() {
        return depth;
    }

    /** The stack pointer at the entry: where the return address lies. */
    public long entrySp() {
        return entrySp;
    }

    /** An argument at the entry, cut to its type; floating-point ones as their bits. */
    public long argument(int index) {
        return values.get(index);
    }

    /** An argument as it was at the entry, in words: texts in quotes, numbers as they are usual. */
    public String text(int index) {
        return texts.get(index);
    }

    /**
     * An argument by the name that the declaration gives it.
     *
     * @throws IllegalArgumentException when it gives none
     */
    public long argument(String name) {
        return argument(index(name));
    }

    /** An argument in words, by the name that the declaration gives it. */
    public String text(String name) {
        return text(index(name));
    }

    private int index(String name) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).parameter().name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(hook.signature().name() + " has no '" + name + "'");
    }

    /**
     * An argument behind those that are declared, for functions that take any number of them; only
     * at the entry.
     *
     * @param index from 0
     */
    public long variadic(int index, Stop stop) {
        Place place = CallArguments.variadic(hook.signature(), stop.architecture(), entrySp, index);
        return CallArguments.read(place, stop);
    }

    /** Changes an argument; only at the entry. */
    public void setArgument(int index, long value, Stop stop) {
        CallArguments.write(places.get(index), stop, value);
        values.set(index, value);
        texts.set(index, CallArguments.text(places.get(index).parameter().type(), value, stop));
    }

    /** Whether it was left by an exception or longjmp, so that there is no result. */
    public boolean isUnwound() {
        return unwound;
    }

    /** Whether it has returned. */
    public boolean hasReturned() {
        return returned;
    }

    /** What it returned; only at the exit. */
    public long result(Stop stop) {
        return CallArguments.result(hook.signature().result(), stop);
    }

    /** What it returned, in words. */
    public String resultText(Stop stop) {
        return CallArguments.text(hook.signature().result(), result(stop), stop);
    }

    /** Changes what it returned; only at the exit. */
    public void setResult(long value, Stop stop) {
        CallArguments.setResult(hook.signature().result(), stop, value);
    }

    /** The function and its arguments: {@code CreateFileW(name="a.txt", access=0x80000000)}. */
    public String describe() {
        var text = new StringBuilder(hook.signature().name()).append('(');
        for (int i = 0; i < places.size(); i++) {
            String name = places.get(i).parameter().name();
            text.append(i == 0 ? "" : ", ").append(name).append(name.isEmpty() ? "" : "=");
            text.append(texts.get(i));
        }
        return text.append(')').toString();
    }

    void ends(boolean byUnwinding) {
        unwound = byUnwinding;
        returned = !byUnwinding;
    }
}
