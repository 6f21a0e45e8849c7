package oriel.app.cli;

import picocli.AutoComplete;

/** {@code oriel completion}: a script that teaches a shell our commands and options. */
final class CompletionCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Prints a completion script for bash and zsh.")
                .examples(
                        "source <(oriel completion)",
                        "oriel completion > ~/.local/share/bash-completion/completions/oriel");
    }

    @Override
    public int run(Arguments given, Console console) {
        console.out().print(AutoComplete.bash("oriel", PicocliModel.ofAll()));
        return ExitCode.FOUND;
    }
}
