package oriel.app.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command accepts and how help describes it: the one declaration that {@link QuickParser}
 * and the picocli model are both made from.
 *
 * @param summary what the command does, first line as the list of commands shows it
 * @param operands label of the positional parameters in order; the last one is of many when it has
 *     {@code ...}
 * @param operandHelp one description per label
 * @param required how many positional parameters there must be
 * @param options in the order of the help text
 * @param examples command lines with a word on each
 */
record Syntax(
        List<String> summary,
        List<String> operands,
        List<String> operandHelp,
        int required,
        List<Option> options,
        List<String> examples) {

    /** Starts a declaration. */
    static Builder of(String... summary) {
        return new Builder(List.of(summary));
    }

    /** Most positional parameters allowed. */
    int most() {
        boolean open = !operands.isEmpty() && operands.get(operands.size() - 1).contains("...");
        return open ? Integer.MAX_VALUE : operands.size();
    }

    /** Collects the parts of a {@link Syntax}. */
    static final class Builder {
        private final List<String> summary;
        private final List<String> operands = new ArrayList<>();
        private final List<String> operandHelp = new ArrayList<>();
        private final List<Option> options = new ArrayList<>();
        private int required;

        private Builder(List<String> summary) {
            this.summary = summary;
        }

        Builder operand(String label, String description) {
            required++;
            return optionalOperand(label, description);
        }

        /**
         * Parameters of which others than the last are of many, such as {@code PROCESS... FILE}.
         *
         * @param least how many there must be
         */
        Builder operands(String label, int least, String description) {
            required += least;
            return optionalOperand(label, description);
        }

        Builder optionalOperand(String label, String description) {
            operands.add(label);
            operandHelp.add(description);
            return this;
        }

        Builder option(Option option) {
            options.add(option);
            return this;
        }

        Builder options(List<Option> more) {
            options.addAll(more);
            return this;
        }

        /** Ends the declaration with the examples that help shows. */
        Syntax examples(String... lines) {
            return new Syntax(summary, operands, operandHelp, required, options, List.of(lines));
        }
    }
}
