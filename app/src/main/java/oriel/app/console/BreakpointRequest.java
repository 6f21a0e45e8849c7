package oriel.app.console;

import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.eval.Expressions;
import oriel.engine.eval.Variables;
import oriel.engine.unwind.StackWalker;
import oriel.model.TargetThread;

/**
 * A breakpoint that a user wants.
 *
 * @param place as the user wrote it
 * @param va the address; empty for a label that is waited for
 * @param kind what is watched for
 * @param sizeBytes of the data; 1 for execution
 * @param once whether it goes away at its first hit
 * @param pass at which hit it stops first, from 1
 * @param condition an expression that must not be 0; may be empty
 * @param fewestFrames it stops only where the stack is as deep; 0 for any depth
 * @param mostFrames it stops only where the stack is no deeper
 * @param thread the only thread or processor that counts; empty for all
 * @param names variables of the console, for the condition
 */
public record BreakpointRequest(
        String place,
        OptionalLong va,
        Kind kind,
        long sizeBytes,
        boolean once,
        long pass,
        String condition,
        int fewestFrames,
        int mostFrames,
        OptionalLong thread,
        Variables names) {
    /** What is watched for. */
    public enum Kind {
        /** An instruction. */
        CODE,
        /** An instruction, by a debug register. */
        EXECUTE,
        /** Data that are written, by a debug register. */
        WRITE,
        /** Data that are read or written, by a debug register. */
        ACCESS,
        /** Data of any size that are read or written, by guarding their pages. */
        PAGES
    }

    /** Whether a place holds in every process, and after its module has come back. */
    public static boolean isLabel(String place) {
        int mark = place.indexOf('!');
        return mark > 0 && place.indexOf('@') < 0 && place.indexOf('(') < 0;
    }

    /** Without the backticks that stand around lines of source files. */
    static String unquoted(String place) {
        boolean quoted = place.length() > 2 && place.startsWith("`") && place.endsWith("`");
        return quoted ? place.substring(1, place.length() - 1) : place;
    }

    /** Whether anything must be asked at a hit. */
    public boolean isConditional() {
        return !condition.isEmpty() || fewestFrames > 0 || mostFrames < Integer.MAX_VALUE;
    }

    /**
     * Whether a hit counts.
     *
     * @throws oriel.engine.eval.EvalException when the condition makes no sense there
     */
    public boolean agrees(Expressions expressions, StackWalker walker, TargetThread at) {
        if (!condition.isEmpty() && !expressions.with(names).holds(condition)) {
            return false;
        }
        if (fewestFrames == 0 && mostFrames == Integer.MAX_VALUE) {
            return true;
        }
        int frames = walker.walk(at).frames().size();
        return frames >= fewestFrames && frames <= mostFrames;
    }

    /** What is watched for as {@code bl} shows it; empty for plain breakpoints. */
    public String kindText() {
        return switch (kind) {
            case CODE -> "";
            case EXECUTE -> "e " + sizeBytes;
            case WRITE -> "w " + sizeBytes;
            case ACCESS -> "r " + sizeBytes;
            case PAGES -> "pages " + sizeBytes;
        };
    }

    /** The thread as a number, when there is one. */
    public Optional<String> threadText() {
        return thread.isPresent() ? Optional.of("~" + thread.getAsLong()) : Optional.empty();
    }
}
