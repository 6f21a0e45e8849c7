package oriel.app.cli;

import java.util.List;

/**
 * An option of a command.
 *
 * @param name long name with its dashes, e.g. {@code --json}
 * @param shortName one-letter name with its dash; may be empty
 * @param valueLabel how help names the value; empty when the option is a switch
 * @param repeatable whether it may be given several times
 * @param choices the only values allowed; empty when any is
 * @param bareValue what it means without a value; empty when it needs one
 * @param description for help, one or two sentences
 */
record Option(
        String name,
        String shortName,
        String valueLabel,
        boolean repeatable,
        List<String> choices,
        String bareValue,
        String description) {

    /** An option without a value. */
    static Option flag(String name, String description) {
        return new Option(name, "", "", false, List.of(), "", description);
    }

    /** An option with a value, given at most once. */
    static Option value(String name, String valueLabel, String description) {
        return new Option(name, "", valueLabel, false, List.of(), "", description);
    }

    /**
     * An option that may have a value, after an equals sign; without one it means something too.
     */
    static Option optionalValue(
            String name, String valueLabel, String bareValue, String description) {
        return new Option(name, "", valueLabel, false, List.of(), bareValue, description);
    }

    /** The same with a one-letter name beside the long one. */
    Option withShortName(String shortNameToo) {
        return new Option(
                name, shortNameToo, valueLabel, repeatable, choices, bareValue, description);
    }

    /** The same, but it may be given several times. */
    Option manyTimes() {
        return new Option(name, shortName, valueLabel, true, choices, bareValue, description);
    }

    /** The same with the only values it may have. */
    Option oneOf(String... values) {
        return new Option(
                name, shortName, valueLabel, repeatable, List.of(values), bareValue, description);
    }

    boolean isFlag() {
        return valueLabel.isEmpty();
    }
}
