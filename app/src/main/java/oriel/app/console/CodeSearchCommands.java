package oriel.app.console;

import java.util.List;
import java.util.Locale;
import oriel.app.render.CodeNames;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.code.FunctionRange;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.disasm.Instruction;
import oriel.engine.disasm.InstructionFormatter;
import oriel.model.AddressRange;
import oriel.model.Architecture;
import oriel.model.Wildcards;

/** The commands that look for instructions: # and uf /c. */
final class CodeSearchCommands implements CommandGroup {
    /** How far WinDbg searches when it is not told. */
    private static final long USUAL_BYTES = 128;

    private static final long MOST_BYTES = 64 << 20;

    private final ConsoleContext context;
    private final Page page;
    private final CodeCommands code;
    private String pattern = "";
    private long next;

    CodeSearchCommands(ConsoleContext context, CodeCommands code) {
        this.context = context;
        this.page = context.page();
        this.code = code;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "#[PATTERN] [ADDRESS [Ln]]",
                        "the next instruction whose text has a pattern in it"),
                new HelpEntry("uf /c [ADDRESS]", "the calls in a function"));
    }

    @Override
    public boolean run(CommandLine command) {
        if (command.name().equals("#")) {
            search(command.rest());
            return true;
        }
        boolean calls = command.name().equals("uf") && command.rest().startsWith("/c");
        if (calls) {
            calls(command.rest().substring(2).strip());
        }
        return calls;
    }

    private void decodable() {
        if (context.architecture() == Architecture.ARM) {
            throw new ConsoleException("32-bit ARM code cannot be disassembled");
        }
    }

    private void search(String rest) {
        decodable();
        var arguments = new CommandArguments(context, rest);
        boolean goesOn = arguments.isEmpty();
        if (!goesOn) {
            pattern = arguments.quoted().orElseGet(arguments::word).toLowerCase(Locale.ROOT);
            next = code.pc();
        }
        if (pattern.isEmpty()) {
            throw new ConsoleException("#PATTERN [ADDRESS [Ln]]");
        }
        CommandArguments.Range range = arguments.range(next, 1);
        long bytes = Math.min(MOST_BYTES, range.countOr(USUAL_BYTES));
        var formatter = InstructionFormatter.of(context.architecture(), FormatOptions.WINDBG);
        long[] found = {-1};
        CodeWalk.each(
                context,
                new AddressRange(range.va(), bytes),
                each -> {
                    next = each.nextVa();
                    boolean fits = fits(formatter.format(each).toLowerCase(Locale.ROOT), each);
                    found[0] = fits ? each.va() : -1;
                    return !fits;
                });
        if (found[0] == -1) {
            throw new ConsoleException(
                    "no instruction has '"
                            + pattern
                            + "' in 0x"
                            + Long.toHexString(bytes)
                            + " bytes from "
                            + Long.toHexString(range.va()));
        }
        code.list(found[0], 1);
    }

    private boolean fits(String text, Instruction instruction) {
        boolean wild = pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
        if (wild ? Wildcards.match("*" + pattern + "*", text) : text.contains(pattern)) {
            return true;
        }
        var bytes = new StringBuilder();
        instruction.appendBytes(instruction.length(), bytes);
        return bytes.indexOf(pattern) >= 0;
    }

    private void calls(String rest) {
        decodable();
        long va = new CommandArguments(context, rest).addressOr(rest.isEmpty() ? code.pc() : 0);
        var symbol = context.symbolizer().locate(va).symbol();
        long start = symbol.map(s -> s.va()).orElse(va);
        long known = symbol.map(s -> s.sizeBytes().orElse(0)).orElse(0L);
        AddressRange function =
                known > 0
                        ? new AddressRange(start, known)
                        : FunctionRange.from(
                                context.target(),
                                start,
                                new CodeNames(context.target(), context.symbolizer()));
        var formatter = InstructionFormatter.of(context.architecture(), FormatOptions.WINDBG);
        page.styled(Style.NAME, context.symbolizer().locate(start).label()).text(" (");
        page.hex(start, context.architecture().pointerSize() * 2).line(")");
        CodeWalk.each(
                context,
                function,
                each -> {
                    if (each.flow().isCall()) {
                        call(each, formatter);
                    }
                    return !page.isAbandoned();
                });
    }

    private void call(Instruction call, InstructionFormatter formatter) {
        page.to(2).styled(Style.NAME, context.symbolizer().locate(call.va()).label()).text(" (");
        page.hex(call.va(), context.architecture().pointerSize() * 2).line("):");
        page.to(4);
        if (call.branchTarget().isPresent()) {
            long to = call.branchTarget().getAsLong();
            page.text("call to ").styled(Style.NAME, context.symbolizer().locate(to).label());
            page.text(" (").hex(to, context.architecture().pointerSize() * 2).line(")");
        } else {
            page.line(formatter.format(call));
        }
    }
}
