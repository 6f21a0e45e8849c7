package oriel.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** Help texts and the second, closer look at arguments: the door to picocli. */
final class Help {
    private Help() {}

    /** What {@code oriel --help} prints. */
    static String ofAll(boolean color) {
        return PicocliModel.ofAll().getUsageMessage(ansi(color));
    }

    /** What {@code oriel COMMAND --help} prints. */
    static String of(String name, Command command, boolean color) {
        return PicocliModel.of(name, command.syntax()).getUsageMessage(ansi(color));
    }

    /**
     * Arguments that {@link QuickParser} did not understand.
     *
     * @throws UsageException when they make no sense
     */
    static Arguments parse(String name, Command command, String... args) {
        CommandLine line = PicocliModel.of(name, command.syntax());
        try {
            return PicocliModel.parse(line, command.syntax(), args);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Ansi ansi(boolean color) {
        return color ? Ansi.ON : Ansi.OFF;
    }
}
