package oriel.engine.session;

import java.util.List;
import java.util.Optional;
import oriel.engine.disasm.Instruction;
import oriel.engine.eval.Expressions;
import oriel.engine.eval.Labels;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.unwind.StackWalker;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.BugCheck;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.MemoryReadException;
import oriel.model.MemoryRegion;
import oriel.model.ProcessInfo;
import oriel.model.RegisterSet;
import oriel.model.StackTrace;
import oriel.model.SystemInfo;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;

/**
 * A target held still, seen from one of its threads. Reads like a dump, and can be changed. Valid
 * until the session runs on; then everything throws {@link StaleStopException}. Memory never shows
 * the debugger's breakpoints, and writing over them does not remove them. For any thread.
 */
public final class Stop implements Target {
    private final Runner runner;
    private final ProcessSpace space;
    private final ThreadRef thread;
    private final long generation;

    Stop(Runner runner, ProcessSpace space, ThreadRef thread, long generation) {
        this.runner = runner;
        this.space = space;
        this.thread = thread;
        this.generation = generation;
    }

    private ProcessSpace space() {
        if (runner.generation() != generation) {
            throw new StaleStopException();
        }
        return space;
    }

    // --- what happened ----------------------------------------------------------------------

    /** Everything that made it stop, oldest first. */
    public List<DebugEvent> events() {
        space();
        return runner.events();
    }

    /** The first event of a kind in this stop. */
    public <T extends DebugEvent> Optional<T> event(Class<T> kind) {
        for (DebugEvent each : events()) {
            if (kind.isInstance(each)) {
                return Optional.of(kind.cast(each));
            }
        }
        return Optional.empty();
    }

    /** The session. */
    public DebugSession session() {
        return runner.session();
    }

    /** The process. */
    public long processId() {
        return space.processId();
    }

    /** The thread: that of the event, unless another was chosen. */
    public ThreadRef thread() {
        return thread;
    }

    /** The same stop seen from another thread. */
    public Stop from(ThreadRef other) {
        space();
        return runner.stop(other);
    }

    // --- what comes next --------------------------------------------------------------------

    /** Ends the run: {@link DebugSession#go} and its kin return this stop. For callbacks. */
    public void hold() {
        space();
        runner.hold();
    }

    /** Counts the exception of this stop as dealt with: the program never sees it. */
    public void handled() {
        space();
        runner.session().call(() -> runner.disposition(thread, true));
    }

    /** Hands the exception of this stop to the program. */
    public void notHandled() {
        space();
        runner.session().call(() -> runner.disposition(thread, false));
    }

    // --- registers ----------------------------------------------------------------------------

    /** The registers of the thread. */
    public RegisterSet registers() {
        space();
        return runner.session().call(() -> runner.driver().registers(thread));
    }

    /**
     * One register, by name.
     *
     * @throws IllegalArgumentException when there is none or it is not known
     */
    public long register(String name) {
        return registers()
                .value(name)
                .orElseThrow(() -> new IllegalArgumentException("no register " + name));
    }

    /** Where the thread stands; 0 when that is not known. */
    public long pc() {
        return registers().pc().orElse(0);
    }

    /** Its stack pointer; 0 when that is not known. */
    public long sp() {
        return registers().sp().orElse(0);
    }

    /** Changes one register. */
    public void setRegister(String name, long value) {
        Architecture architecture = space().architecture();
        setRegisters(RegisterSet.builder(architecture).set(name, value).build());
    }

    /** Changes those registers that a set knows. */
    public void setRegisters(RegisterSet wanted) {
        space();
        runner.session()
                .call(
                        () -> {
                            runner.driver().setRegisters(thread, wanted);
                            return wanted;
                        });
    }

    // --- memory -------------------------------------------------------------------------------

    @Override
    public Memory memory() {
        return space().memory();
    }

    /**
     * Writes all of some bytes, also where the program may not.
     *
     * @throws IllegalArgumentException when there is no such memory
     */
    public void write(long va, byte[] bytes) {
        ProcessSpace own = space();
        int done = runner.session().call(() -> own.write(va, bytes));
        if (done < bytes.length) {
            throw new IllegalArgumentException(
                    "memory at 0x"
                            + Long.toHexString(va)
                            + ": "
                            + done
                            + " of "
                            + bytes.length
                            + " bytes could be written");
        }
    }

    /** Writes a little-endian number of 1 to 8 bytes. */
    public void writeNumber(long va, long value, int width) {
        var bytes = new byte[width];
        for (int i = 0; i < width; i++) {
            bytes[i] = (byte) (value >>> i * 8);
        }
        write(va, bytes);
    }

    /**
     * A little-endian number of 1, 2, 4 or 8 bytes.
     *
     * @throws MemoryReadException when it is not there
     */
    public long readNumber(long va, int width) {
        return memory().unsigned(va, width)
                .orElseThrow(() -> new MemoryReadException(va, width, 0));
    }

    /** A pointer of the program's width. */
    public long readPointer(long va) {
        return readNumber(va, architecture().pointerSize());
    }

    /** Text of one byte a character up to its terminator; at most 4,096 of them. */
    public String text(long va) {
        return TargetText.read(memory(), va, false);
    }

    /** UTF-16 text up to its terminator; at most 4,096 characters. */
    public String wideText(long va) {
        return TargetText.read(memory(), va, true);
    }

    /** Text of one byte a character and a known length, as much of it as can be read. */
    public String text(long va, int count) {
        return TargetText.read(memory(), va, count, false);
    }

    /** UTF-16 text of a known length in characters, as much of it as can be read. */
    public String wideText(long va, int count) {
        return TargetText.read(memory(), va, count, true);
    }

    // --- names, code, stacks ------------------------------------------------------------------

    /** Symbols of the process. */
    public Symbolizer symbolizer() {
        return space().symbolizer();
    }

    /** Labels of the process. */
    public Labels labels() {
        return space().labels();
    }

    /** The label of an address: {@code module!function+offset}. */
    public String label(long va) {
        return labels().at(va).toString();
    }

    /** Expressions about the process, with this thread's registers. */
    public Expressions expressions() {
        return space().expressions(current());
    }

    /** The number that an expression is. */
    public long evaluate(String expression) {
        return expressions().value(expression);
    }

    /** The walker of stacks of the process. */
    public StackWalker walker() {
        return space().walker();
    }

    /** The stack of the thread. */
    public StackTrace stackTrace() {
        return current()
                .map(walker()::walk)
                .orElseGet(() -> walker().walk(RegisterSet.unknown(architecture())));
    }

    /** The instruction at an address; not valid when there is none. */
    public Instruction instruction(long va) {
        return space().decode(va);
    }

    /** The instruction at an address in words, as WinDbg writes them; {@code ???} for none. */
    public String disassemble(long va) {
        ProcessSpace own = space();
        return runner.session().call(() -> own.text(own.decode(va)));
    }

    /** How many bytes of arguments a function takes off the stack. */
    int popped(long functionVa) {
        return ReturnPop.bytes(space(), functionVa);
    }

    /** The thread as something to read. */
    public Optional<? extends TargetThread> current() {
        return thread(thread.threadId());
    }

    // --- the target ---------------------------------------------------------------------------

    @Override
    public Architecture architecture() {
        return space().architecture();
    }

    @Override
    public List<? extends TargetThread> threads() {
        return space().target().threads();
    }

    @Override
    public List<LoadedModule> modules() {
        return space().target().modules();
    }

    @Override
    public Optional<TargetException> exception() {
        return space().target().exception();
    }

    @Override
    public Optional<BugCheck> bugCheck() {
        return space().target().bugCheck();
    }

    @Override
    public List<MemoryRegion> regions() {
        return space().target().regions();
    }

    @Override
    public Optional<MemoryRegion> regionAt(long va) {
        return space().target().regionAt(va);
    }

    @Override
    public List<AddressRange> readableRanges() {
        return space().target().readableRanges();
    }

    @Override
    public SystemInfo system() {
        return space().target().system();
    }

    @Override
    public ProcessInfo process() {
        return space().target().process();
    }
}
