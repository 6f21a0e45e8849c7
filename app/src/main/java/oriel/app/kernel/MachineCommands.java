package oriel.app.kernel;

import static oriel.engine.kernel.DebuggerData.Offset.PRCB_MHZ;
import static oriel.engine.kernel.DebuggerData.Offset.PRCB_VENDOR;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import oriel.app.console.CommandGroup;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleContext;
import oriel.app.console.ConsoleException;
import oriel.app.console.HelpEntry;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.kernel.DebuggerData;
import oriel.engine.kernel.KernelProcessor;
import oriel.engine.paging.PageEntry;
import oriel.engine.paging.PageTables;
import oriel.engine.paging.PageWalk;
import oriel.kd.TargetRegisters;
import oriel.kd.protocol.SpecialRegisters;
import oriel.model.Architecture;
import oriel.model.Memory;

/** The commands about the machine: processors, tables, ports, buses, pages. */
final class MachineCommands implements CommandGroup {
    private static final int VECTORS = 256;

    private final KernelView view;
    private final ConsoleContext context;
    private final Page page;

    MachineCommands(KernelView view, Page page, ConsoleContext context) {
        this.view = view;
        this.context = context;
        this.page = page;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("!pcr [N], !idt [VECTOR]", "processor block, interrupts"),
                new HelpEntry("!msr N, rdmsr N, wrmsr N VALUE", "model-specific registers"),
                new HelpEntry("!ioport PORT [SIZE [VALUE]], ib, iw, id, ob, ow, od", "ports"),
                new HelpEntry("!bus TYPE BUS SLOT [OFFSET [LENGTH]]", "configuration of devices"),
                new HelpEntry("!irql, !cpuinfo", "interrupt level; speed and maker of processors"),
                new HelpEntry("!pte ADDRESS, !vtop [ROOT] ADDRESS", "page tables"),
                new HelpEntry("!address ADDRESS", "kind of memory"));
    }

    @Override
    public boolean run(CommandLine command) {
        List<String> words = command.words();
        switch (command.name()) {
            case "!pcr" -> processor(words);
            case "!idt" -> interrupts(words);
            case "!msr", "rdmsr" -> readMsr(words);
            case "wrmsr" -> writeMsr(words);
            case "ib", "iw", "id" -> readPort(words, width(command.name()));
            case "ob", "ow", "od" -> writePort(words, width(command.name()));
            case "!ioport" -> port(words);
            case "!bus" -> bus(words);
            case "!irql" -> level();
            case "!cpuinfo" -> makers();
            case "!pte" -> page(command.rest(), OptionalLong.empty());
            case "!vtop" -> translate(words, command.rest());
            case "!address" -> kind(command.rest());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int width(String command) {
        return switch (command.charAt(1)) {
            case 'b' -> 1;
            case 'w' -> 2;
            default -> 4;
        };
    }

    private long value(List<String> words, int index, String usage) {
        if (words.size() <= index) {
            throw new ConsoleException(usage);
        }
        return context.expressions().value(words.get(index));
    }

    private String address(long va) {
        return KernelText.address(va, view.target().architecture());
    }

    private TargetRegisters registers() {
        view.stop();
        return view.session().registers();
    }

    // Processors

    private void processor(List<String> words) {
        int number =
                words.isEmpty()
                        ? view.stop().processor()
                        : (int) context.expressions().value(words.get(0));
        Architecture architecture = view.target().architecture();
        OptionalLong pcr = OptionalLong.empty();
        OptionalLong prcb = OptionalLong.empty();
        OptionalLong thread = OptionalLong.empty();
        if (architecture == Architecture.X64) {
            pcr = registers().controlPointer(number, 0);
            prcb = registers().controlPointer(number, 1);
            thread = registers().controlPointer(number, 3);
        }
        if (prcb.isEmpty()) {
            for (var each : view.kernel().processors()) {
                if (each.number() == number) {
                    prcb = OptionalLong.of(each.prcbVa());
                    thread = OptionalLong.of(each.currentThreadVa());
                }
            }
        }
        page.text("processor ").number(number).end();
        pcr.ifPresent(va -> page.text("  KPCR    ").line(address(va)));
        prcb.ifPresent(va -> page.text("  KPRCB   ").line(address(va)));
        thread.ifPresent(va -> page.text("  KTHREAD ").line(address(va)));
        SpecialRegisters special = registers().special(number);
        int column = 0;
        for (SpecialRegisters.Value each : special.values()) {
            page.text(column == 0 ? "  " : " ");
            page.text(" ".repeat(Math.max(0, 17 - each.name().length())));
            page.styled(Style.DIM, each.name() + "=").text(address(each.value()));
            column = (column + 1) % 2;
            if (column == 0) {
                page.end();
            }
        }
        if (column != 0) {
            page.end();
        }
    }

    private void level() {
        int number = view.stop().processor();
        OptionalLong saved = OptionalLong.empty();
        for (KernelProcessor each : view.kernel().processors()) {
            if (each.number() == number && each.irql().isPresent()) {
                saved = OptionalLong.of(each.irql().getAsInt());
            }
        }
        OptionalLong irql = saved.isPresent() ? saved : view.special().value("cr8");
        page.text("IRQL of processor ").number(number).text(": ");
        page.number(
                        irql.orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "only the kernel's PDB tells where its IRQL was"
                                                        + " saved")))
                .line(
                        saved.isPresent()
                                ? " before it was stopped"
                                : " by cr8, at which debuggers run too");
    }

    private void makers() {
        Architecture architecture = view.target().architecture();
        Memory memory = view.target().memory();
        Optional<DebuggerData> data = view.kernel().debuggerData();
        for (KernelProcessor each : view.kernel().processors()) {
            page.text("processor ").number(each.number()).text(": KPRCB ");
            page.text(address(each.prcbVa()));
            OptionalInt speed = data.map(d -> d.offset(PRCB_MHZ)).orElse(OptionalInt.empty());
            OptionalInt maker = data.map(d -> d.offset(PRCB_VENDOR)).orElse(OptionalInt.empty());
            if (speed.isPresent()) {
                page.text(", ");
                page.number(memory.unsigned(each.prcbVa() + speed.getAsInt(), 4).orElse(0));
                page.text(" MHz");
            }
            if (maker.isPresent() && architecture.isIntel()) {
                byte[] name = memory.readUpTo(each.prcbVa() + maker.getAsInt(), 12);
                page.text(", ").text(new String(name, StandardCharsets.US_ASCII).strip());
            }
            page.end();
        }
    }

    /** Gates of the interrupt descriptor table: Intel SDM volume 3, chapter 6. */
    private void interrupts(List<String> words) {
        Architecture architecture = view.target().architecture();
        if (!architecture.isIntel()) {
            throw new ConsoleException("only x86 and x64 have an interrupt descriptor table");
        }
        SpecialRegisters special = view.special();
        long base =
                special.value("idtr")
                        .orElseThrow(() -> new ConsoleException("the target does not tell idtr"));
        long limit = special.value("idtl").orElse(VECTORS * 16L - 1);
        int size = architecture.is64Bit() ? 16 : 8;
        int count = (int) Math.min(VECTORS, (limit + 1) / size);
        int only = words.isEmpty() ? -1 : (int) context.expressions().value(words.get(0));
        Memory memory = view.target().memory();
        page.text("IDT at ").text(address(base)).text(", ").number(count).line(" entries");
        for (int vector = 0; vector < count; vector++) {
            if (only >= 0 && vector != only) {
                continue;
            }
            OptionalLong low = memory.unsigned(base + (long) vector * size, 8);
            long high =
                    size == 16
                            ? memory.unsigned(base + (long) vector * size + 8, 4).orElse(0) << 32
                            : 0;
            if (low.isEmpty()) {
                page.hex(vector, 2).line(": cannot be read");
                continue;
            }
            long gate = low.getAsLong();
            boolean present = (gate >>> 47 & 1) != 0;
            long va = gate & 0xffff | gate >>> 32 & 0xffff0000L | high;
            if (!present || only < 0 && va == 0) {
                continue;
            }
            page.hex(vector, 2).text(": ").text(address(va)).text("  ");
            page.styled(Style.NAME, view.symbolizer().locate(va).label()).end();
        }
    }

    // Registers and ports

    private void readMsr(List<String> words) {
        long number = value(words, 0, "!msr NUMBER");
        page.text("msr[").hex(number, 1).text("] = ").hex(registers().msr((int) number), 16).end();
    }

    private void writeMsr(List<String> words) {
        long number = value(words, 0, "wrmsr NUMBER VALUE");
        registers().writeMsr((int) number, value(words, 1, "wrmsr NUMBER VALUE"));
    }

    private void readPort(List<String> words, int size) {
        long port = value(words, 0, "ib|iw|id PORT");
        page.hex(port, 4).text(": ").hex(registers().port(port, size), 2 * size).end();
    }

    private void writePort(List<String> words, int size) {
        long port = value(words, 0, "ob|ow|od PORT VALUE");
        registers().writePort(port, size, (int) value(words, 1, "ob|ow|od PORT VALUE"));
    }

    /** {@code !ioport PORT [SIZE [VALUE]]}. */
    private void port(List<String> words) {
        String usage = "!ioport PORT [SIZE [VALUE]], SIZE is 1, 2 or 4";
        long size = words.size() > 1 ? value(words, 1, usage) : 1;
        if (size != 1 && size != 2 && size != 4) {
            throw new ConsoleException(usage);
        }
        if (words.size() > 2) {
            writePort(List.of(words.get(0), words.get(2)), (int) size);
        } else {
            readPort(words, (int) size);
        }
    }

    /** {@code !bus TYPE BUS SLOT [OFFSET [LENGTH]]}: configuration data, type 4 is PCI's. */
    private void bus(List<String> words) {
        String usage = "!bus TYPE BUS SLOT [OFFSET [LENGTH]]; TYPE 4 is the configuration of PCI";
        int offset = words.size() > 3 ? (int) value(words, 3, usage) : 0;
        int length = words.size() > 4 ? (int) value(words, 4, usage) : 64;
        byte[] data =
                registers()
                        .busData(
                                (int) value(words, 0, usage),
                                (int) value(words, 1, usage),
                                (int) value(words, 2, usage),
                                offset,
                                Math.max(0, Math.min(4096, length)));
        for (int at = 0; at < data.length; at += 16) {
            page.hex(offset + at, 4).text(": ");
            for (int i = at; i < Math.min(at + 16, data.length); i++) {
                page.hex(data[i] & 0xff, 2).text(" ");
            }
            page.end();
        }
    }

    // Pages

    /** {@code !vtop [ROOT] ADDRESS}: a root of 0 is that of the process that is shown. */
    private void translate(List<String> words, String rest) {
        if (words.size() < 2) {
            page(rest, OptionalLong.empty());
            return;
        }
        long root = context.expressions().value(words.get(0));
        page(words.get(1), root == 0 ? OptionalLong.empty() : OptionalLong.of(root));
    }

    private void page(String rest, OptionalLong root) {
        if (rest.isEmpty()) {
            throw new ConsoleException("!pte ADDRESS, !vtop [ROOT] ADDRESS");
        }
        long va = context.expressions().address(rest);
        PageTables shown =
                view.pageTables()
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "the root of the page tables is not known"));
        PageTables tables =
                root.isPresent()
                        ? new PageTables(
                                shown.mode(), view.stop().physicalMemory(), root.getAsLong())
                        : shown;
        PageWalk walk = tables.walk(va);
        page.text("VA ").text(address(va)).text(", ").line(tables.mode().toString());
        for (PageEntry entry : walk.entries()) {
            page.to(2).text(entry.level()).text(" at pa ").hex(entry.pa(), 1);
            page.text(" contains ").hex(entry.value(), 16).text("  ").line(entry.flags());
        }
        page.to(2).text(walk.state().text());
        walk.pa()
                .ifPresent(
                        pa ->
                                page.text(", pa ")
                                        .hex(pa, 1)
                                        .text(" in a page of ")
                                        .hex(walk.pageSizeBytes(), 1)
                                        .text(" bytes"));
        page.end();
    }

    private void kind(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("!address ADDRESS");
        }
        long va = context.expressions().address(rest);
        TargetRegisters.MemoryKind kind = registers().memoryKind(va);
        String space =
                switch (kind.space()) {
                    case 0 -> "process";
                    case 1 -> "session";
                    case 2 -> "kernel";
                    default -> "space " + kind.space();
                };
        page.text(address(va)).text(": ").text(space);
        page.text((kind.flags() & 1) != 0 ? ", readable" : "");
        page.text((kind.flags() & 2) != 0 ? ", writable" : "");
        page.text((kind.flags() & 4) != 0 ? ", executable" : "").end();
    }
}
