package oriel.app.console;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import oriel.app.render.CodeText;
import oriel.app.render.MemoryDump;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.code.PrecedingCode;
import oriel.engine.disasm.FormatOptions;
import oriel.model.Architecture;
import oriel.model.CodeLocation;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.SourceLine;

/** What is shown at each stop: registers, code, stack and source lines, as far as wanted. */
final class StopView implements CommandGroup {
    private static final int PER_LINE = 3;
    private static final int CODE_BEFORE = 3;
    private static final int CODE_FROM = 6;
    private static final int STACK_WORDS = 6;
    private static final int SOURCE_AROUND = 3;

    /** Bits of efl with their names as WinDbg abbreviates them, clear and set. */
    private static final String[][] FLAGS = {
        {"nv", "ov", "11"}, {"up", "dn", "10"}, {"di", "ei", "9"}, {"pl", "ng", "7"},
        {"nz", "zr", "6"}, {"na", "ac", "4"}, {"po", "pe", "2"}, {"nc", "cy", "0"}
    };

    /** Parts of the view. */
    enum Part {
        REGISTERS,
        CODE,
        STACK,
        SOURCE
    }

    private final ConsoleContext context;
    private final Page page;
    private final CodeCommands code;
    private final SourceText sources;
    private final Set<Part> parts;
    private boolean off;
    private Optional<RegisterSet> before = Optional.empty();

    /**
     * @param full whether all parts are shown from the beginning, and not only where it stands
     */
    StopView(ConsoleContext context, CodeCommands code, SourceText sources, boolean full) {
        this.context = context;
        this.page = context.page();
        this.code = code;
        this.sources = sources;
        this.parts = full ? EnumSet.allOf(Part.class) : EnumSet.noneOf(Part.class);
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        ".view [all|brief|off|[+-]registers|code|stack|source ...]",
                        "what is shown at each stop; alone shows it now"));
    }

    @Override
    public boolean run(CommandLine command) {
        if (!command.name().equals(".view")) {
            return false;
        }
        List<String> words = command.words();
        if (words.isEmpty()) {
            show(true);
        }
        for (String word : words) {
            set(word);
        }
        return true;
    }

    /** Changes what is shown. */
    void set(String word) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "all", "full", "on" -> parts.addAll(EnumSet.allOf(Part.class));
            case "brief" -> parts.clear();
            case "off", "none" -> {
                off = true;
                return;
            }
            default -> {
                boolean less = word.startsWith("-");
                String name = less || word.startsWith("+") ? word.substring(1) : word;
                Part part = part(name);
                if (less) {
                    parts.remove(part);
                } else {
                    parts.add(part);
                }
            }
        }
        off = false;
    }

    private static Part part(String name) {
        for (Part part : Part.values()) {
            if (part.name().equalsIgnoreCase(name)) {
                return part;
            }
        }
        throw new ConsoleException(".view takes all, brief, off, registers, code, stack, source");
    }

    /** Shows where a motion has led to. */
    void write(Halt halt) {
        if (halt.kind() == Halt.Kind.GONE || !context.on().isStopped()) {
            page.line("nothing is debugged any more");
            before = Optional.empty();
            return;
        }
        if (halt.kind() == Halt.Kind.ENDED) {
            return;
        }
        show(!off);
    }

    private void show(boolean wanted) {
        RegisterSet now = context.thread().registers();
        if (now.pc().isEmpty()) {
            return;
        }
        if (wanted) {
            parts(now, now.pc().getAsLong());
        }
        before = Optional.of(now);
    }

    private void parts(RegisterSet now, long pc) {
        if (parts.contains(Part.REGISTERS)) {
            registers(now);
        } else {
            changes(now);
        }
        CodeLocation location = context.symbolizer().locate(pc);
        page.styled(Style.TITLE, location.label());
        page.text("  ").text(context.on().standing()).end();
        Optional<SourceLine> line = location.line();
        line.ifPresent(l -> page.line(l.file() + ":" + l.line()));
        if (line.isPresent() && parts.contains(Part.SOURCE)) {
            sources.write(page, line.get(), SOURCE_AROUND);
        }
        if (context.architecture() == Architecture.ARM) {
            page.text("pc ").hex(pc, 8).end();
        } else if (parts.contains(Part.CODE)) {
            code(pc);
        } else {
            code.at(pc);
        }
        if (parts.contains(Part.STACK)) {
            now.sp().ifPresent(this::stack);
        }
    }

    private boolean changed(Register register, RegisterSet now) {
        return before.isPresent()
                && before.get().architecture() == now.architecture()
                && !now.value(register).equals(before.get().value(register));
    }

    // Registers

    private void registers(RegisterSet now) {
        int column = 0;
        for (Register register : Registers.of(now.architecture())) {
            boolean wide =
                    register.kind() == Register.Kind.GENERAL
                            || register.kind() == Register.Kind.PROGRAM_COUNTER;
            if (!wide || !now.has(register)) {
                continue;
            }
            boolean changed = changed(register, now);
            page.text(" ".repeat(Math.max(0, 3 - register.name().length())));
            page.text(changed ? "*" : " ");
            page.styled(changed ? Style.WARN : Style.DIM, register.name() + "=");
            page.hex(now.value(register).orElse(0), register.bits() / 4).text(" ");
            column = (column + 1) % PER_LINE;
            if (column == 0) {
                page.end();
            }
        }
        if (column != 0) {
            page.end();
        }
        if (now.architecture().isIntel()) {
            flags(now);
        }
    }

    private void flags(RegisterSet now) {
        OptionalLong value = now.value("efl");
        if (value.isEmpty()) {
            return;
        }
        Register efl = Registers.require(now.architecture(), "efl");
        boolean changed = changed(efl, now);
        long old = before.flatMap(b -> boxed(b.value("efl"))).orElse(value.getAsLong());
        page.text(changed ? "*" : " ").styled(changed ? Style.WARN : Style.DIM, "efl=");
        page.hex(value.getAsLong(), 8).text("  ");
        for (String[] flag : FLAGS) {
            int bit = Integer.parseInt(flag[2]);
            boolean set = (value.getAsLong() >>> bit & 1) != 0;
            boolean other = ((value.getAsLong() ^ old) >>> bit & 1) != 0;
            page.text(other ? "*" : " ");
            page.styled(other ? Style.WARN : Style.PLAIN, set ? flag[1] : flag[0]);
        }
        page.end();
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    /** One line of those that changed, unless nearly all did. */
    private void changes(RegisterSet now) {
        var changed = new ArrayList<String>();
        for (Register register : Registers.of(now.architecture())) {
            boolean shown =
                    register.kind() == Register.Kind.GENERAL
                            || register.kind() == Register.Kind.PROGRAM_COUNTER
                            || register.kind() == Register.Kind.FLAGS;
            if (shown && changed(register, now)) {
                changed.add(
                        register.name() + "=" + Long.toHexString(now.value(register).orElse(0)));
            }
        }
        if (!changed.isEmpty() && changed.size() <= 12) {
            page.styled(Style.DIM, String.join(" ", changed)).end();
        }
    }

    // Code and stack

    private void code(long pc) {
        var text =
                new CodeText(
                                page,
                                context.target(),
                                context.symbolizer(),
                                new CodeText.Options(FormatOptions.WINDBG, true))
                        .marking(pc);
        List<Long> starts =
                PrecedingCode.starts(context.architecture(), context.memory(), pc, CODE_BEFORE);
        long function = context.symbolizer().locate(pc).symbol().map(s -> s.va()).orElse(pc);
        for (long start : starts) {
            if (Long.compareUnsigned(start, function) >= 0) {
                text.until(start, pc);
                break;
            }
        }
        if (text.instructions(pc, CODE_FROM) == 0) {
            page.hex(pc, 1).line("  ??");
        }
    }

    private void stack(long sp) {
        int size = context.architecture().pointerSize();
        String name = Registers.stackPointer(context.architecture()).name();
        var dump = new MemoryDump(page, context.target(), context.symbolizer());
        for (int i = 0; i < STACK_WORDS; i++) {
            long va = sp + (long) i * size;
            OptionalLong value = context.memory().unsigned(va, size);
            if (value.isEmpty()) {
                return;
            }
            page.styled(Style.DIM, name + "+").hex((long) i * size, 2).text("  ");
            page.hex(va, size * 2).text("  ").hex(value.getAsLong(), size * 2).text("  ");
            page.styled(Style.NAME, dump.meaning(value.getAsLong())).end();
        }
    }
}
