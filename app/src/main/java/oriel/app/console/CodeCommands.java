package oriel.app.console;

import java.util.List;
import java.util.OptionalLong;
import oriel.app.render.CodeText;
import oriel.app.render.Page;
import oriel.engine.code.PrecedingCode;
import oriel.engine.disasm.FormatOptions;
import oriel.model.Architecture;
import oriel.model.SourceLine;

/** The commands that show code. */
final class CodeCommands implements CommandGroup {
    private static final int LINES = 8;
    private static final int MOST_OF_FUNCTION = 100_000;
    private static final int SOURCE_AROUND = 4;

    private final ConsoleContext context;
    private final Page page;
    private final SourceText sources;
    private long next;
    private int seen = -1;

    CodeCommands(ConsoleContext context, SourceText sources) {
        this.context = context;
        this.page = context.page();
        this.sources = sources;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("u [RANGE], disassemble", "instructions; goes on where it ended"),
                new HelpEntry("ub [ADDRESS [Ln]]", "the instructions before an address"),
                new HelpEntry("uf [ADDRESS]", "a whole function"),
                new HelpEntry("lsa [ADDRESS], .srcpath [PATH]", "source lines; where files lie"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "u", "disassemble" -> code(command.rest());
            case "ub" -> before(command.rest());
            case "uf" -> function(command.rest());
            case "lsa" -> source(command.rest());
            case ".srcpath" -> path(command.rest());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The program counter. */
    long pc() {
        OptionalLong pc = context.thread().registers().pc();
        return pc.orElseThrow(() -> new ConsoleException("the program counter is not known"));
    }

    private void code(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean goesOn = seen == context.moves();
        CommandArguments.Range range = arguments.range(goesOn ? next : -1, 1);
        long va = range.va() == -1 ? pc() : range.va();
        boolean byEnd = range.count().isPresent() && !rest.matches("(?i).*\\sL\\S+|L\\S+");
        if (byEnd) {
            CodeText text = text();
            shown(va, text.until(va, va + range.countOr(0)), text);
        } else {
            list(va, (int) range.countOr(LINES));
        }
    }

    /** Shows some instructions; the next ones are behind them. */
    void list(long va, int count) {
        CodeText text = text();
        shown(va, text.instructions(va, count), text);
    }

    /** Shows one instruction, as registers and stops do; the next ones stay what they are. */
    void at(long va) {
        if (text().instructions(va, 1) == 0) {
            page.hex(va, 1).line("  ??");
        }
    }

    private void shown(long va, int count, CodeText text) {
        if (count == 0) {
            page.hex(va, 1).line("  ??");
        }
        next = count == 0 ? va : text.nextVa();
        seen = context.moves();
    }

    private void before(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean goesOn = seen == context.moves();
        CommandArguments.Range range = arguments.range(goesOn ? next : -1, 1);
        long va = range.va() == -1 ? pc() : range.va();
        int count = (int) Math.min(1000, range.countOr(LINES));
        List<Long> starts =
                PrecedingCode.starts(context.architecture(), context.memory(), va, count);
        if (starts.isEmpty()) {
            throw new ConsoleException("no instructions are found before " + Long.toHexString(va));
        }
        text().until(starts.get(0), va);
        next = starts.get(0);
        seen = context.moves();
    }

    private void function(String rest) {
        long va = new CommandArguments(context, rest).addressOr(rest.isEmpty() ? pc() : 0);
        long start = context.symbolizer().locate(va).symbol().map(s -> s.va()).orElse(va);
        if (text().function(start, MOST_OF_FUNCTION) == 0) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(start));
        }
    }

    private CodeText text() {
        if (context.architecture() == Architecture.ARM) {
            throw new ConsoleException("32-bit ARM code cannot be disassembled");
        }
        return new CodeText(
                page,
                context.target(),
                context.symbolizer(),
                new CodeText.Options(FormatOptions.WINDBG, true));
    }

    // Sources

    private void source(String rest) {
        long va = new CommandArguments(context, rest).addressOr(rest.isEmpty() ? pc() : 0);
        SourceLine line =
                context.symbolizer()
                        .locate(va)
                        .line()
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "symbols tell no source line of "
                                                        + Long.toHexString(va)));
        if (!sources.write(page, line, SOURCE_AROUND)) {
            page.line(line.file() + ":" + line.line());
            throw new ConsoleException("the file is not here; .srcpath says where it may lie");
        }
    }

    private void path(String rest) {
        if (!rest.isEmpty()) {
            sources.path(rest);
        }
        page.text("Source search path is: ").line(sources.path());
    }
}
