package oriel.engine.session;

import java.util.ArrayList;
import java.util.List;
import oriel.engine.session.CallArguments.Place;
import oriel.model.Architecture;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.ThreadRef;

/** One call of a hooked function, from its entry to its exit. For callbacks of a {@link Hook}. */
public final class FunctionCall implements OpenCall {
    private final Hook hook;
    private final ThreadRef thread;
    private final long returnVa;
    private final long functionVa;
    private final long entrySp;
    private final List<Place> places;
    private final List<Long> values = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private int depth;
    private boolean unwound;
    private boolean returned;

    FunctionCall(Hook hook, long functionVa, Stop stop) {
        this.hook = hook;
        this.functionVa = functionVa;
        this.thread = stop.thread();
        RegisterSet registers = stop.registers();
        this.entrySp = registers.sp().orElse(0);
        this.returnVa = CallStacks.returnVa(stop.architecture(), registers, stop.memory());
        this.places = CallArguments.places(hook.signature(), stop.architecture(), entrySp);
        for (Place place : places) {
            long value = CallArguments.read(place, stop);
            values.add(value);
            texts.add(text(place, value, stop));
        }
    }

    /** The hook. */
    public Hook hook() {
        return hook;
    }

    private static String text(Place place, long value, Stop stop) {
        Signature.Parameter parameter = place.parameter();
        return CallArguments.text(parameter.type(), parameter.names(), value, stop);
    }

    /** Who calls. */
    @Override
    public ThreadRef thread() {
        return thread;
    }

    /** The first instruction of the function. */
    @Override
    public long functionVa() {
        return functionVa;
    }

    /** Where the call returns to; 0 when that is not known. */
    @Override
    public long returnVa() {
        return returnVa;
    }

    /** How many hooked calls of the thread this one is within; 0 for the outermost. */
    public int depth() {
        return depth;
    }

    /** The stack pointer at the entry; on x86 and x64 the return address lies there. */
    @Override
    public long entrySp() {
        return entrySp;
    }

    /** How many arguments are known. */
    public int argumentCount() {
        return places.size();
    }

    /** The name of an argument; empty when it was declared without one. */
    public String argumentName(int index) {
        return places.get(index).parameter().name();
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
        texts.set(index, text(places.get(index), value, stop));
    }

    /** Changes an argument by the name that the declaration gives it; only at the entry. */
    public void setArgument(String name, long value, Stop stop) {
        setArgument(index(name), value, stop);
    }

    /**
     * Has the function return a value at once, without being executed; only at the entry. The exit
     * is told as that of any other call.
     *
     * @throws IllegalStateException when it is not known where the call returns to
     */
    public void answer(long value, Stop stop) {
        if (returnVa == 0) {
            throw new IllegalStateException(
                    hook.signature().name() + " returns to an unknown place");
        }
        Architecture architecture = stop.architecture();
        setResult(value, stop);
        if (architecture.isIntel()) {
            long popped = architecture.pointerSize() + stop.popped(functionVa);
            stop.setRegister(Registers.stackPointer(architecture).name(), entrySp + popped);
        }
        stop.setRegister(Registers.programCounter(architecture).name(), returnVa);
    }

    /** Whether it was left by an exception, longjmp or the end of its thread: without a result. */
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
        Signature signature = hook.signature();
        return CallArguments.text(signature.result(), signature.resultNames(), result(stop), stop);
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

    void depth(int within) {
        depth = within;
    }

    void ends(boolean byReturning) {
        returned = byReturning;
        unwound = !byReturning;
    }
}
