package oriel.app.debug;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import oriel.app.console.CommandArguments;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.HelpEntry;
import oriel.app.render.MemoryMapTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.model.HandleInfo;
import oriel.model.MemoryRegion;

/** The commands about the memory map and the handles of a process. */
final class RegionCommands implements CommandGroup {
    private final Supplier<List<HandleInfo>> handles;
    private final ConsoleContext context;
    private final Page page;

    /**
     * @param handles those of the process, when somebody asks
     */
    RegionCommands(Supplier<List<HandleInfo>> handles, ConsoleContext context) {
        this.handles = handles;
        this.context = context;
        this.page = context.page();
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "!address [ADDRESS|-summary], !vprot ADDRESS, memory, m", "the memory map"),
                new HelpEntry("!handle [HANDLE|0 [FLAGS [TYPE]]]", "handles of the process"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "!address", "!vprot" -> address(rest);
            case "memory" -> map();
            case "m" -> {
                if (!rest.isEmpty()) {
                    return false;
                }
                map();
            }
            case "!handle" -> handles(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void address(String rest) {
        if (rest.isEmpty()) {
            map();
            return;
        }
        if (rest.equals("-summary")) {
            summary();
            return;
        }
        long va = new CommandArguments(context, rest).address();
        MemoryRegion region =
                context.target()
                        .regionAt(va)
                        .orElseThrow(() -> new ConsoleException("there is no such address"));
        int digits = context.target().architecture().pointerSize() * 2;
        row("Base Address:", () -> page.hex(region.range().start(), digits));
        row("End Address:", () -> page.hex(region.range().end(), digits));
        row("Region Size:", () -> page.hex(region.range().sizeBytes(), 1));
        row("State:", () -> page.text(region.state().name().toLowerCase(Locale.ROOT)));
        row("Protect:", () -> page.hex(region.protection(), 8));
        row("Type:", () -> page.text(region.type().name().toLowerCase(Locale.ROOT)));
        region.allocationBase()
                .ifPresent(base -> row("Allocation Base:", () -> page.hex(base, digits)));
        row("Allocation Protect:", () -> page.hex(region.allocationProtection(), 8));
        page.text("Usage:").to(24);
        new MemoryMapTable(page, context.target()).usage(region);
        page.end();
    }

    private void row(String title, Runnable value) {
        page.text(title).to(24);
        value.run();
        page.end();
    }

    private void map() {
        var table = new MemoryMapTable(page, context.target());
        table.header();
        context.target().regions().stream()
                .filter(r -> r.state() != MemoryRegion.State.FREE)
                .forEach(table::row);
    }

    private void summary() {
        Map<String, long[]> sums = new TreeMap<>();
        for (MemoryRegion region : context.target().regions()) {
            add(sums, "state " + region.state().name().toLowerCase(Locale.ROOT), region);
            if (region.state() != MemoryRegion.State.FREE) {
                add(sums, "type " + region.type().name().toLowerCase(Locale.ROOT), region);
            }
        }
        sums.forEach(
                (title, sum) -> {
                    page.text(title).rightTo(24, Long.toString(sum[0])).text(" regions");
                    page.to(34).hex(sum[1], 1).end();
                });
    }

    private static void add(Map<String, long[]> sums, String title, MemoryRegion region) {
        long[] sum = sums.computeIfAbsent(title, t -> new long[2]);
        sum[0]++;
        sum[1] += region.range().sizeBytes();
    }

    private void handles(String rest) {
        var arguments = new CommandArguments(context, rest);
        long wanted = arguments.isEmpty() ? 0 : arguments.value();
        long flags = arguments.isEmpty() ? 0 : arguments.value();
        String type = arguments.isEmpty() ? "" : arguments.word();
        int shown = 0;
        for (HandleInfo each : handles.get()) {
            boolean one = wanted == 0 || wanted == each.value();
            if (one && (type.isEmpty() || each.typeName().equalsIgnoreCase(type))) {
                show(each, flags != 0 || wanted != 0);
                shown++;
            }
        }
        if (wanted != 0 && shown == 0) {
            throw new ConsoleException("there is no handle " + Long.toHexString(wanted));
        }
        page.number(shown).line(shown == 1 ? " handle" : " handles");
    }

    private void show(HandleInfo handle, boolean details) {
        page.text("Handle ").hex(handle.value(), 4).to(16).styled(Style.NAME, handle.typeName());
        page.to(32).text(handle.objectName()).end();
        if (details) {
            row("  Attributes", () -> page.hex(handle.attributes(), 1));
            row("  GrantedAccess", () -> page.hex(handle.grantedAccess(), 1));
            row("  HandleCount", () -> page.number(handle.handleCount()));
            row("  PointerCount", () -> page.number(handle.pointerCount()));
        }
    }
}
