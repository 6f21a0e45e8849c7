package oriel.app.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads plain command lines without picocli: its classes have a file format too old for the JVM's
 * archive of loaded classes, so that loading them takes longer than analysing a small dump.
 * Whatever is not plainly right is left to picocli, which may accept more and explains what is
 * wrong.
 */
final class QuickParser {
    private final Syntax syntax;

    QuickParser(Syntax syntax) {
        this.syntax = syntax;
    }

    /** The arguments after the command's name, or empty when they need a closer look. */
    Optional<Arguments> parse(String[] args) {
        var result = new Arguments();
        boolean onlyOperands = false;
        for (int i = 1; i < args.length; i++) {
            String arg = args[i];
            if (onlyOperands || arg.equals("-") || !arg.startsWith("-")) {
                if (arg.startsWith("@") || arg.isEmpty()) {
                    return Optional.empty();
                }
                result.addOperand(arg);
                continue;
            }
            if (arg.equals("--")) {
                onlyOperands = true;
                continue;
            }
            int equals = arg.indexOf('=');
            Option option = find(equals < 0 ? arg : arg.substring(0, equals));
            if (option == null || option.isFlag() && equals >= 0) {
                return Optional.empty();
            }
            String value = option.bareValue();
            if (!option.isFlag() && (equals >= 0 || value.isEmpty())) {
                if (equals < 0 && (++i == args.length || args[i].startsWith("-"))) {
                    return Optional.empty();
                }
                value = equals < 0 ? args[i] : arg.substring(equals + 1);
            }
            boolean odd =
                    result.has(option.name()) && !option.repeatable()
                            || value.startsWith("\"")
                            || !option.choices().isEmpty() && !option.choices().contains(value);
            if (odd) {
                return Optional.empty();
            }
            result.add(option, value);
        }
        int given = result.operands().size();
        return given < syntax.required() || given > syntax.most()
                ? Optional.empty()
                : Optional.of(result);
    }

    private @Nullable Option find(String name) {
        for (Option option : syntax.options()) {
            if (option.name().equals(name) || option.shortName().equals(name)) {
                return option;
            }
        }
        return null;
    }
}
