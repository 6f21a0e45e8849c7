package oriel.app.cli;

import java.io.IOException;
import oriel.app.render.Page;
import oriel.app.render.StreamTable;
import oriel.engine.dump.DumpOptions;
import oriel.engine.dump.DumpStream;
import oriel.engine.dump.DumpTarget;

/** {@code oriel streams}: the parts a dump's file is made of. */
final class StreamsCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Lists the parts that a dump's file is made of, also unknown ones.")
                .operand("FILE", "A dump.")
                .option(TargetInput.COLOR)
                .examples("oriel streams crash.dmp");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        DumpTarget dump = DumpTarget.open(TargetInput.path(given.operand(0)), DumpOptions.DEFAULT);
        Page page = TargetInput.page(given, console);
        var table = new StreamTable(page);
        table.header();
        for (DumpStream stream : dump.streams()) {
            table.row(stream);
        }
        page.flush();
        return dump.streams().isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
