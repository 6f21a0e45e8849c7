package oriel.engine.symbols;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import oriel.model.Architecture;
import oriel.model.Memory;

/**
 * Evaluates the postfix programs of frame data: {@code $T0 .raSearch = $eip $T0 ^ = $esp $T0 4 + =}
 * as PDB files and Breakpad's STACK WIN records carry them, and the expressions of STACK CFI.
 * Operators: {@code + - * / %}, {@code @} (align down), {@code ^} (read a pointer), {@code =}
 * (assign). There are no jumps, so a program ends with its text; division by zero, memory that is
 * not there, an unknown name or an uneven stack fail it. For one thread.
 */
public final class PostfixProgram {
    private static final int MAX_LENGTH = 1 << 16;

    private final Memory memory;
    private final Architecture architecture;
    private final Map<String, Long> values = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();

    /**
     * @param memory of the target
     * @param architecture gives the width of values and of pointers
     */
    public PostfixProgram(Memory memory, Architecture architecture) {
        this.memory = memory;
        this.architecture = architecture;
    }

    /** Gives a name a value before a program runs. */
    public void define(String name, long value) {
        values.put(name, value & architecture.addressMask());
    }

    /** The value of a name, given or assigned. */
    public OptionalLong value(String name) {
        Long value = values.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The value of a name that a program has assigned. */
    public OptionalLong assigned(String name) {
        return assigned.contains(name) ? value(name) : OptionalLong.empty();
    }

    /** Runs assignments; false when one fails, those before it stay. */
    public boolean run(String program) {
        var stack = new ArrayDeque<String>();
        return execute(program, stack) && stack.isEmpty();
    }

    /** The value of an expression without assignments. */
    public OptionalLong evaluate(String expression) {
        var stack = new ArrayDeque<String>();
        if (!execute(expression, stack) || stack.size() != 1) {
            return OptionalLong.empty();
        }
        Long value = operand(stack.pop());
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Splits text at blanks. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            if (end > at) {
                words.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    private boolean execute(String program, ArrayDeque<String> stack) {
        if (program.length() > MAX_LENGTH) {
            return false;
        }
        for (String glued : words(program)) {
            String word = glued;
            if (word.length() > 1 && word.charAt(0) == '=') {
                // Compilers write "$T0 $ebp 204 + =$eip ..." for functions with an offset frame.
                if (!assign(stack)) {
                    return false;
                }
                word = word.substring(1);
            }
            boolean done =
                    switch (word) {
                        case "+", "-", "*", "/", "%", "@" -> binary(word.charAt(0), stack);
                        case "^" -> dereference(stack);
                        case "=" -> assign(stack);
                        default -> {
                            stack.push(word);
                            yield true;
                        }
                    };
            if (!done) {
                return false;
            }
        }
        return true;
    }

    private boolean binary(char operator, ArrayDeque<String> stack) {
        Long right = operand(stack.poll());
        Long left = operand(stack.poll());
        if (left == null || right == null) {
            return false;
        }
        if (right == 0 && (operator == '/' || operator == '%' || operator == '@')) {
            return false;
        }
        push(
                stack,
                switch (operator) {
                    case '+' -> left + right;
                    case '-' -> left - right;
                    case '*' -> left * right;
                    case '/' -> Long.divideUnsigned(left, right);
                    case '%' -> Long.remainderUnsigned(left, right);
                    default -> left & -right;
                });
        return true;
    }

    private boolean dereference(ArrayDeque<String> stack) {
        Long va = operand(stack.poll());
        if (va == null) {
            return false;
        }
        OptionalLong read = memory.pointer(va, architecture);
        if (read.isPresent()) {
            push(stack, read.getAsLong());
        }
        return read.isPresent();
    }

    private boolean assign(ArrayDeque<String> stack) {
        Long value = operand(stack.poll());
        String name = stack.poll();
        if (value == null || name == null || isNumber(name)) {
            return false;
        }
        values.put(name, value);
        assigned.add(name);
        return true;
    }

    private void push(ArrayDeque<String> stack, long value) {
        stack.push(Long.toString(value & architecture.addressMask()));
    }

    private @Nullable Long operand(@Nullable String word) {
        if (word == null) {
            return null;
        }
        if (!isNumber(word)) {
            return values.get(word);
        }
        try {
            return Long.parseLong(word) & architecture.addressMask();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isNumber(String word) {
        char first = word.charAt(0);
        return first >= '0' && first <= '9' || first == '-' && word.length() > 1;
    }
}
