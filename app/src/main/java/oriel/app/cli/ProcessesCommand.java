package oriel.app.cli;

import java.io.IOException;
import java.util.Optional;
import oriel.app.render.JsonPage;
import oriel.app.render.Page;
import oriel.app.render.ProcessTable;
import oriel.engine.kernel.Kernel;
import oriel.engine.kernel.KernelView;

/** {@code oriel processes}: the processes in a kernel dump. */
final class ProcessesCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Lists the processes in a kernel dump.",
                        "Other commands show one of them with --process.")
                .operand("FILE", "A kernel dump.")
                .option(TargetInput.JSON)
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel processes MEMORY.DMP",
                        "oriel modules --process 1528 MEMORY.DMP",
                        "oriel stack --process app.exe --all MEMORY.DMP");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        String file = given.operand(0);
        try (TargetInput input = TargetInput.openDump(file, given)) {
            Optional<Kernel> kernel =
                    input.target() instanceof KernelView view ? view.kernel() : Optional.empty();
            if (kernel.isEmpty()) {
                throw new UsageException(file + ": a dump of one process, not of a kernel");
            }
            if (given.has("--json")) {
                try (var json = new JsonPage(console.out(), true)) {
                    ProcessTable.json(json, kernel.get());
                }
            } else {
                Page page = TargetInput.page(given, console);
                new ProcessTable(page, input.target().architecture()).write(kernel.get());
                page.flush();
            }
            if (kernel.get().processes().isEmpty()) {
                input.target()
                        .diagnostics()
                        .forEach(d -> console.err().println(d.subject() + ": " + d.problem()));
                return ExitCode.NOTHING;
            }
            return ExitCode.FOUND;
        }
    }
}
