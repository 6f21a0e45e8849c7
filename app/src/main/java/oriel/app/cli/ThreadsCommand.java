package oriel.app.cli;

import java.io.IOException;
import oriel.app.render.JsonListing;
import oriel.app.render.JsonPage;
import oriel.app.render.Page;
import oriel.app.render.ThreadTable;
import oriel.model.TargetThread;

/** {@code oriel threads}: all threads. */
final class ThreadsCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Lists threads: id, where each is, times, name.")
                .operand("FILE", "A dump.")
                .option(Option.flag("--registers", "Show the registers of each thread too."))
                .option(TargetInput.JSON)
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples("oriel threads crash.dmp", "oriel threads --registers crash.dmp");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.openDump(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) {
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonListing.threads(json, input.target(), input.symbolizer());
            }
        } else {
            Page page = TargetInput.page(given, console);
            var table = new ThreadTable(page, input.target(), input.symbolizer());
            table.header();
            for (TargetThread thread : input.target().threads()) {
                table.row(thread);
                if (given.has("--registers")) {
                    table.registers(thread);
                }
            }
            page.flush();
        }
        return input.target().threads().isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
