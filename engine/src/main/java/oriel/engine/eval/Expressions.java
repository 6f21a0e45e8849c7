package oriel.engine.eval;

import java.util.Optional;
import oriel.engine.symbols.Symbolizer;
import oriel.model.StackFrame;
import oriel.model.Target;
import oriel.model.TargetThread;

/**
 * Evaluates expressions in the manner of WinDbg's MASM evaluator: registers with or without
 * {@code @}, {@code poi(...)} and its kin, {@code module!symbol+offset}, pseudo-registers,
 * arithmetic, comparison. All numbers have 64 bits and no sign; on a 32-bit target results of
 * arithmetic on 32-bit numbers have 32. Numbers are hexadecimal unless a prefix says otherwise.
 * Work and depth are bounded by the length of the text. Safe for any thread.
 */
public final class Expressions {
    private static final int HEXADECIMAL = 16;

    private final Target target;
    private final Labels labels;
    private final Optional<? extends TargetThread> thread;
    private final Variables variables;
    private final int radix;
    private final Optional<StackFrame> frame;

    /** Expressions about a target, and the thread that crashed or else the first. */
    public Expressions(Target target, Symbolizer symbolizer) {
        this(
                target,
                new Labels(target, symbolizer),
                usual(target),
                Variables.NONE,
                HEXADECIMAL,
                Optional.empty());
    }

    private Expressions(
            Target target,
            Labels labels,
            Optional<? extends TargetThread> thread,
            Variables variables,
            int radix,
            Optional<StackFrame> frame) {
        this.target = target;
        this.labels = labels;
        this.thread = thread;
        this.variables = variables;
        this.radix = radix;
        this.frame = frame;
    }

    private static Optional<? extends TargetThread> usual(Target target) {
        Optional<? extends TargetThread> raised =
                target.exception().flatMap(e -> target.thread(e.thread().threadId()));
        return raised.isPresent() ? raised : target.threads().stream().findFirst();
    }

    /** The same about another thread: whose registers count. */
    public Expressions of(TargetThread other) {
        return new Expressions(target, labels, Optional.of(other), variables, radix, frame);
    }

    /** The same with names of the debugger's own. */
    public Expressions with(Variables more) {
        return new Expressions(target, labels, thread, more, radix, frame);
    }

    /** The same with the variables of another frame than the innermost, in C++. */
    public Expressions inFrame(StackFrame other) {
        return new Expressions(target, labels, thread, variables, radix, Optional.of(other));
    }

    /**
     * The same with another radix for numbers without a prefix.
     *
     * @param newRadix 8, 10 or 16
     */
    public Expressions inRadix(int newRadix) {
        if (newRadix != 8 && newRadix != 10 && newRadix != HEXADECIMAL) {
            throw new IllegalArgumentException("radix " + newRadix);
        }
        return new Expressions(target, labels, thread, variables, newRadix, frame);
    }

    /**
     * The number that an expression is.
     *
     * @throws EvalException saying where it stops making sense, or what is not known or cannot be
     *     read
     */
    public long value(String text) {
        return new ExpressionParser(text, radix, context()).parse();
    }

    /**
     * An expression within a longer text.
     *
     * @param value the number that it is
     * @param end index of what comes behind it and the blanks that follow
     */
    public record Part(long value, int end) {}

    /**
     * The longest expression that begins at a position of a text: it ends where an operator would
     * have to come, so that {@code db @rsp+8 L10} has one from 3 to 10.
     *
     * @throws EvalException as {@link #value}
     */
    public Part part(String text, int from) {
        var parser = new ExpressionParser(text, from, radix, context());
        long value = parser.parsePrefix();
        return new Part(value, parser.position());
    }

    /** The evaluator of expressions in the manner of C++ about the same thread. */
    public TypedExpressions typed() {
        return context().typed();
    }

    ExpressionContext context() {
        return new ExpressionContext(target, labels, thread, variables, radix, frame);
    }

    /**
     * The address that an expression is: its value cut to the width of a pointer.
     *
     * @throws EvalException as {@link #value}
     */
    public long address(String text) {
        return value(text) & target.architecture().addressMask();
    }

    /**
     * Whether an expression is not zero.
     *
     * @throws EvalException as {@link #value}
     */
    public boolean holds(String text) {
        return value(text) != 0;
    }
}
