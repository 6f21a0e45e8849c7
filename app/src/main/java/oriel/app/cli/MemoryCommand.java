package oriel.app.cli;

import java.io.IOException;
import java.util.Optional;
import oriel.app.render.JsonListing;
import oriel.app.render.JsonPage;
import oriel.app.render.MemoryMapTable;
import oriel.app.render.Page;
import oriel.app.render.PageWalkText;
import oriel.engine.eval.Expressions;
import oriel.engine.kernel.KernelView;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PageWalk;
import oriel.model.AddressRange;
import oriel.model.MemoryRegion;
import oriel.model.Target;

/** {@code oriel memory}: the memory map. */
final class MemoryCommand implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "Shows the memory map: what lies where, its protection, and how much of it the"
                                + " dump holds.")
                .operand("FILE", "A dump, or a PE file.")
                .option(Option.flag("--all", "Free regions too."))
                .option(Option.flag("--ranges", "Only the ranges that can be read."))
                .option(
                        Option.value(
                                "--page",
                                "ADDRESS",
                                "The page tables' entries for an address of a kernel dump."))
                .option(TargetInput.JSON)
                .options(TargetInput.OPTIONS)
                .option(TargetInput.COLOR)
                .examples(
                        "oriel memory crash.dmp",
                        "oriel memory --ranges crash.dmp",
                        "oriel memory --page mydrv MEMORY.DMP");
    }

    @Override
    public int run(Arguments given, Console console) throws IOException {
        try (TargetInput input = TargetInput.open(given.operand(0), given)) {
            return run(input, given, console);
        }
    }

    private static int run(TargetInput input, Arguments given, Console console) {
        Target target = input.target();
        String address = given.value("--page", "");
        if (!address.isEmpty()) {
            return walk(input, address, TargetInput.page(given, console));
        }
        if (given.has("--json")) {
            try (var json = new JsonPage(console.out(), true)) {
                JsonListing.memory(json, target);
            }
            return code(target);
        }
        Page page = TargetInput.page(given, console);
        var table = new MemoryMapTable(page, target);
        if (target.regions().isEmpty() || given.has("--ranges")) {
            table.rangeHeader();
            for (AddressRange range : target.readableRanges()) {
                table.row(range);
            }
        } else {
            table.header();
            for (MemoryRegion region : target.regions()) {
                if (region.state() != MemoryRegion.State.FREE || given.has("--all")) {
                    table.row(region);
                }
            }
        }
        table.total();
        page.flush();
        return code(target);
    }

    /** How an address of a kernel dump, or of one process of it, is translated. */
    private static int walk(TargetInput input, String address, Page page) {
        Target target = input.target();
        long va = new Expressions(target, input.symbolizer()).address(address);
        Optional<PageTables> tables =
                target instanceof KernelView view ? view.pageTables() : Optional.empty();
        if (tables.isEmpty()) {
            throw new UsageException(input.file() + ": has no page tables");
        }
        PageWalk walk = tables.get().walk(va);
        new PageWalkText(page).write(walk);
        page.flush();
        return walk.state().hasPage() ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    private static int code(Target target) {
        boolean nothing = target.regions().isEmpty() && target.readableRanges().isEmpty();
        return nothing ? ExitCode.NOTHING : ExitCode.FOUND;
    }
}
