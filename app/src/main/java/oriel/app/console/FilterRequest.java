package oriel.app.console;

import java.util.Optional;

/**
 * What sxe, sxd, sxn or sxi asks for.
 *
 * @param mode what is to happen at the event
 * @param handling whether it is about who handles the exception, and not about stopping
 * @param commands to be done when the event has stopped the target, if given
 * @param name of an event or an exception, a code, or {@code *}
 * @param pattern behind the name: names of modules, or a number; may be empty
 */
public record FilterRequest(
        FilterMode mode, boolean handling, Optional<String> commands, String name, String pattern) {

    /**
     * Reads a command; empty when it is none of these.
     *
     * @throws ConsoleException when an option is not known, or the event is missing
     */
    public static Optional<FilterRequest> of(ConsoleContext context, CommandLine command) {
        return switch (command.name()) {
            case "sxe" -> of(FilterMode.BREAK, context, command.rest());
            case "sxd" -> of(FilterMode.SECOND_CHANCE, context, command.rest());
            case "sxn" -> of(FilterMode.NOTIFY, context, command.rest());
            case "sxi" -> of(FilterMode.IGNORE, context, command.rest());
            default -> Optional.empty();
        };
    }

    private static Optional<FilterRequest> of(
            FilterMode mode, ConsoleContext context, String rest) {
        var arguments = new CommandArguments(context, rest);
        Optional<String> commands = Optional.empty();
        boolean handling = false;
        while (arguments.next() == '-') {
            String option = arguments.word();
            switch (option) {
                case "-h" -> handling = true;
                case "-c", "-c2" -> commands = arguments.quoted();
                default -> throw new ConsoleException(option + " is not known here");
            }
        }
        String wanted = arguments.word();
        if (wanted.isEmpty()) {
            throw new ConsoleException("which event? sx lists the names; a code, or * for all");
        }
        int colon = wanted.indexOf(':');
        return Optional.of(
                new FilterRequest(
                        mode,
                        handling,
                        commands,
                        colon < 0 ? wanted : wanted.substring(0, colon),
                        colon < 0 ? "" : wanted.substring(colon + 1)));
    }

    /** Whether it is about all exceptions. */
    public boolean isForAll() {
        return name.equals("*");
    }
}
