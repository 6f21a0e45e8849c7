package oriel.app.console;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import oriel.app.render.Page;
import oriel.engine.eval.Expressions;
import oriel.engine.eval.Variables;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.model.Memory;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.Target;
import oriel.model.TargetException;
import oriel.model.TargetThread;

/**
 * What the commands of a console share: what they are about, where they print, and what earlier
 * ones have chosen. For one thread.
 */
public final class ConsoleContext implements Variables {
    private static final int USER_VARIABLES = 20;

    private final ConsoleTarget target;
    private final Page page;
    private final long[] user = new long[USER_VARIABLES];
    private int radix = 16;
    private long last;
    private int moves;
    private int frame;
    private final InterruptibleRuns runs;
    private volatile boolean abandoned;
    private boolean heeded;
    private Optional<LineInput> asked = Optional.empty();
    private Optional<TargetThread> chosen = Optional.empty();

    /** A context in which nothing has been chosen yet. */
    public ConsoleContext(ConsoleTarget target, Page page) {
        this.target = target;
        this.page = page;
        this.runs = new InterruptibleRuns(target);
    }

    /** What runs and stops. */
    public ConsoleTarget on() {
        return target;
    }

    /** Where commands print. */
    public Page page() {
        return page;
    }

    /** What is looked at. */
    public Target target() {
        return target.target();
    }

    Memory memory() {
        return target().memory();
    }

    Architecture architecture() {
        return target().architecture();
    }

    Symbolizer symbolizer() {
        return target.symbolizer();
    }

    /** The thread whose registers count: the current one, or that of a context that was chosen. */
    public TargetThread thread() {
        return chosen.orElseGet(target::thread);
    }

    /** Whether there are registers that count. */
    boolean hasThread() {
        return chosen.isPresent() || target.hasThread();
    }

    /** Whether registers of another time are shown, which cannot be changed. */
    boolean hasChosenRegisters() {
        return chosen.isPresent();
    }

    /** Shows other registers than the thread has now, until the target moves. */
    void choose(TargetThread registers) {
        chosen = Optional.of(registers);
        frame = 0;
        moves++;
    }

    /** Shows the registers of the current thread again. */
    public void reset() {
        chosen = Optional.empty();
        frame = 0;
        moves++;
    }

    /** Changes whenever the target has moved, or another thread was chosen. */
    int moves() {
        return moves;
    }

    /** Who is asked before something is done that cannot be undone. */
    void asks(LineInput person) {
        asked = Optional.of(person);
    }

    /** Whether something may be done; a person is asked, a script is not. */
    public boolean confirms(String question) throws IOException {
        if (asked.isEmpty()) {
            return true;
        }
        String answer = asked.get().next(question).orElse("").strip();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    /** Commands begin. What was to end earlier ones, and did, does not end these. */
    void begin() {
        if (heeded) {
            forget();
        }
    }

    /** Nobody has asked yet that what is done from now on ends. */
    void forget() {
        abandoned = false;
        heeded = false;
        runs.forget();
    }

    /** Has the commands end that are done now, as soon as they can. For any thread. */
    public void abandon() {
        abandoned = true;
        runs.interrupt();
    }

    /** Whether the run that is under way goes on when an interrupt stops it. For any thread. */
    public boolean passesInterruptsOver() {
        return runs.passesInterruptsOver();
    }

    /** Lets the target move. */
    Halt move(Motion motion) {
        try {
            return runs.move(motion);
        } finally {
            heeded |= abandoned;
        }
    }

    /** Does something else that lets the target run, so that it can be interrupted. */
    public <T> T letRun(Supplier<T> run) {
        try {
            return runs.letRun(run);
        } finally {
            heeded |= abandoned;
        }
    }

    /**
     * Ends commands that go on and on when the user has asked for it.
     *
     * @throws ConsoleException saying so
     */
    public void check() {
        if (abandoned) {
            heeded = true;
            throw new ConsoleException("interrupted");
        }
    }

    /** The stack. */
    StackTrace trace() {
        return target.walker().walk(thread());
    }

    /** Number of the frame whose variables are shown. */
    int frame() {
        return frame;
    }

    void frame(int number) {
        frame = number;
    }

    /** The radix of numbers without a prefix. */
    int radix() {
        return radix;
    }

    void radix(int now) {
        radix = now;
    }

    /** Evaluates expressions with what was chosen. */
    public Expressions expressions() {
        Expressions plain = new Expressions(target(), symbolizer()).with(this).inRadix(radix);
        if (hasThread()) {
            plain = plain.of(thread());
        }
        if (frame == 0) {
            return plain;
        }
        List<StackFrame> frames = trace().frames();
        return frame < frames.size() ? plain.inFrame(frames.get(frame)) : plain;
    }

    /** Keeps the value of the last expression, for {@code $exp}. */
    void last(long value) {
        last = value;
    }

    /** Gives a value to {@code $t0} to {@code $t19}. */
    boolean assign(String name, long value) {
        int number = number(name, "t");
        if (number < 0 || number >= USER_VARIABLES) {
            return false;
        }
        user[number] = value;
        return true;
    }

    private static int number(String name, String prefix) {
        boolean digits =
                name.length() > prefix.length()
                        && name.length() < prefix.length() + 5
                        && name.startsWith(prefix)
                        && name.chars().skip(prefix.length()).allMatch(Character::isDigit);
        return digits ? Integer.parseInt(name, prefix.length(), name.length(), 10) : -1;
    }

    @Override
    public OptionalLong value(String name) {
        int variable = number(name, "t");
        if (variable >= 0 && variable < USER_VARIABLES) {
            return OptionalLong.of(user[variable]);
        }
        int breakpoint = number(name, "bp");
        if (breakpoint >= 0) {
            return target.breakpoints().list().stream()
                    .filter(b -> b.id() == breakpoint && !b.addresses().isEmpty())
                    .mapToLong(b -> b.addresses().get(0))
                    .findFirst();
        }
        return switch (name) {
            case "exp" -> OptionalLong.of(last);
            case "frame" -> OptionalLong.of(frame);
            case "scopeip" -> scopePc();
            default -> name.startsWith("exr_") ? exception(name) : target.variable(name);
        };
    }

    private OptionalLong scopePc() {
        List<StackFrame> frames = trace().frames();
        return frame < frames.size()
                ? OptionalLong.of(frames.get(frame).pc())
                : OptionalLong.empty();
    }

    private OptionalLong exception(String name) {
        Optional<TargetException> exception = target().exception();
        if (exception.isEmpty()) {
            return OptionalLong.empty();
        }
        List<Long> parameters = exception.get().parameters();
        int parameter = number(name, "exr_param");
        return switch (name) {
            case "exr_code" -> OptionalLong.of(exception.get().code() & 0xffffffffL);
            case "exr_numparams" -> OptionalLong.of(parameters.size());
            default ->
                    parameter >= 0 && parameter < parameters.size()
                            ? OptionalLong.of(parameters.get(parameter))
                            : OptionalLong.empty();
        };
    }
}
