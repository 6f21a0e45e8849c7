package oriel.app.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the user gave to a command: options by long name, and the positional parameters. */
final class Arguments {
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    private UnaryOperator<String> environment = name -> "";

    void add(Option option, String value) {
        options.computeIfAbsent(option.name(), n -> new ArrayList<>()).add(value);
    }

    void addOperand(String value) {
        operands.add(value);
    }

    /** Lets the arguments answer for the environment they were given in. */
    void environment(UnaryOperator<String> variables) {
        environment = variables;
    }

    /** A variable of the environment; empty text when it is not set. */
    String variable(String name) {
        return environment.apply(name);
    }

    /** Whether an option was given. */
    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option, or what to take when it was not given. */
    String value(String option, String otherwise) {
        List<String> values = options.get(option);
        return values == null ? otherwise : values.get(values.size() - 1);
    }

    /** All values of an option that may be repeated. */
    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** Positional parameters. */
    List<String> operands() {
        return operands;
    }

    /** A positional parameter that the syntax requires. */
    String operand(int index) {
        return operands.get(index);
    }

    /**
     * The value of an option as a count.
     *
     * @throws UsageException when it is not a number from 1 to {@code most}
     */
    int count(String option, int otherwise, int most) {
        if (!has(option)) {
            return otherwise;
        }
        String text = value(option, "");
        try {
            long value = Long.decode(text);
            if (value >= 1 && value <= most) {
                return (int) value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(option + ": '" + text + "' is not a number from 1 to " + most);
    }
}
