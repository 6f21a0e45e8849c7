package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import oriel.app.render.ImageText;
import oriel.app.render.InfoText;
import oriel.app.render.Page;

/** {@code oriel info}: what kind of file this is, and what it is of. */
final class InfoCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Says what a file is: kind, program, system, what it holds.")
                .operand("FILE", "A dump or a PE file.")
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples("oriel info crash.dmp", "oriel info app.exe");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        String file = given.operand(0);
        try (TargetInput input = TargetInput.open(file, given)) {
            long size = input.live().isPresent() ? 0 : Files.size(TargetInput.path(file));
            Page page = TargetInput.page(given, console);
            if (input.image().isPresent()) {
                new ImageText(page).write(file, size, input.image().get());
            } else {
                new InfoText(page, input.target()).write(file, size);
            }
            page.flush();
            return ExitCode.FOUND;
        }
    }
}
