package oriel.app.cli;

import java.io.IOException;
import oriel.app.render.JsonListing;
import oriel.app.render.JsonPage;
import oriel.app.render.ModuleTable;
import oriel.app.render.Page;
import oriel.model.LoadedModule;
import oriel.model.UnloadedModule;

/** {@code oriel modules}: mapped images. */
final class ModulesCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of("Lists mapped images: address, version, size, key of their symbols, path.")
                .operand("FILE", "A dump, or a PE file.")
                .option(TargetInput.JSON)
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples("oriel modules crash.dmp", "oriel modules --json crash.dmp");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.open(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) {
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonListing.modules(json, input.target());
            }
            return code(input);
        }
        Page page = TargetInput.page(given, console);
        var table = new ModuleTable(page, input.target().architecture());
        table.header();
        for (LoadedModule module : input.target().modules()) {
            table.row(module, java.util.List.of());
        }
        if (!input.target().unloadedModules().isEmpty()) {
            page.heading("Unloaded");
            for (UnloadedModule module : input.target().unloadedModules()) {
                table.row(module);
            }
        }
        page.flush();
        return code(input);
    }

    private static int code(TargetInput input) {
        return input.target().modules().isEmpty() ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
