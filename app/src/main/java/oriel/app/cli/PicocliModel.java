package oriel.app.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Commands as picocli sees them: for help, completion, unusual spellings and error messages. Loaded
 * only when one of these is wanted.
 */
final class PicocliModel {
    private static final int WIDTH = 100;

    private PicocliModel() {}

    /** One command alone. */
    static CommandLine of(String name, Syntax syntax) {
        return new CommandLine(spec("oriel " + name, syntax));
    }

    /** The program with all its commands. */
    static CommandLine ofAll() {
        CommandSpec spec = CommandSpec.create().name("oriel");
        spec.usageMessage()
                .description("Opens Windows crash dumps on any system and says what happened.")
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false)
                .width(WIDTH)
                .footer(
                        "",
                        "Examples:",
                        "  oriel analyze crash.dmp          what crashed, where, why, how bad",
                        "  oriel analyze --json dumps/      one JSON line for each dump of a folder",
                        "  oriel help search                all about one command",
                        "",
                        "Exit codes: 0 found, 1 nothing crashed or nothing found, 2 usage,"
                                + " 3 unreadable input.");
        spec.addOption(help());
        spec.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version and exit.")
                        .build());
        var all = new CommandLine(spec);
        for (String name : CommandTable.NAMES) {
            Command command = CommandTable.find(name);
            if (command != null) {
                all.addSubcommand(name, spec(name, command.syntax()));
            }
        }
        return all;
    }

    /**
     * The arguments as picocli reads them.
     *
     * @throws ParameterException when they make no sense
     */
    static Arguments parse(CommandLine line, Syntax syntax, String... args) {
        ParseResult parsed = line.parseArgs(args);
        var result = new Arguments();
        for (Option option : syntax.options()) {
            if (!parsed.hasMatchedOption(option.name())) {
                continue;
            }
            List<String> values = parsed.matchedOption(option.name()).stringValues();
            for (String value : option.isFlag() ? List.of("") : values) {
                if (!option.choices().isEmpty() && !option.choices().contains(value)) {
                    throw new ParameterException(
                            line,
                            option.name()
                                    + ": '"
                                    + value
                                    + "' is not one of "
                                    + String.join(", ", option.choices()));
                }
                result.add(option, value);
            }
        }
        for (var operand : parsed.matchedPositionals()) {
            operand.stringValues().forEach(result::addOperand);
        }
        return result;
    }

    private static CommandSpec spec(String name, Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(syntax.summary().toArray(String[]::new))
                .parameterListHeading("%nOperands:%n")
                .optionListHeading("%nOptions:%n")
                .sortOptions(false)
                .abbreviateSynopsis(syntax.options().size() > 4)
                .width(WIDTH)
                .footer(footer(syntax));
        for (int i = 0; i < syntax.operands().size(); i++) {
            spec.addPositional(operand(syntax, i));
        }
        for (Option option : syntax.options()) {
            spec.addOption(option(option));
        }
        spec.addOption(help());
        return spec;
    }

    private static PositionalParamSpec operand(Syntax syntax, int index) {
        String label = syntax.operands().get(index);
        boolean open = label.contains("...");
        boolean mixed = open && !label.endsWith("...");
        boolean required = index < syntax.required();
        int least = Math.max(0, syntax.required() - index);
        String arity = open ? least + "..*" : required ? "1" : "0..1";
        return PositionalParamSpec.builder()
                .paramLabel(open && !mixed ? label.substring(0, label.length() - 3) : label)
                .hideParamSyntax(mixed)
                .index(open ? index + "..*" : Integer.toString(index))
                .arity(arity)
                .required(required)
                .type(open ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .description(syntax.operandHelp().get(index))
                .build();
    }

    private static OptionSpec option(Option option) {
        var names = new ArrayList<String>();
        if (!option.shortName().isEmpty()) {
            names.add(option.shortName());
        }
        names.add(option.name());
        OptionSpec.Builder spec =
                OptionSpec.builder(names.toArray(String[]::new)).description(option.description());
        if (option.isFlag()) {
            return spec.arity("0").type(boolean.class).build();
        }
        if (!option.choices().isEmpty()) {
            spec.completionCandidates(option.choices());
        }
        if (!option.bareValue().isEmpty()) {
            spec.fallbackValue(option.bareValue());
        }
        return spec.arity(option.bareValue().isEmpty() ? "1" : "0..1")
                .paramLabel(option.valueLabel())
                .type(option.repeatable() ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .build();
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    private static String[] footer(Syntax syntax) {
        var lines = new ArrayList<String>();
        if (!syntax.examples().isEmpty()) {
            lines.add("");
            lines.add("Examples:");
            for (String example : syntax.examples()) {
                lines.add("  " + example.replace("%", "%%").replace("@", "@@"));
            }
        }
        return lines.toArray(String[]::new);
    }
}
