package oriel.app.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import oriel.app.render.CodeText;
import oriel.app.render.FrameTable;
import oriel.app.render.MemoryDump;
import oriel.app.render.ModuleTable;
import oriel.app.render.Page;
import oriel.app.render.RegisterText;
import oriel.app.render.Style;
import oriel.engine.disasm.FormatOptions;
import oriel.engine.eval.Expressions;
import oriel.engine.symbols.Symbolizer;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.Register;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackTrace;
import oriel.model.Target;
import oriel.model.TargetThread;
import oriel.model.UnloadedModule;
import oriel.model.Wildcards;

/**
 * The commands that look at memory, code, registers, stacks, modules and symbols, and change memory
 * and registers, with the names and arguments that WinDbg has for them. For one thread.
 */
public final class InspectCommands {
    private static final int CODE_LINES = 8;
    private static final int DUMP_BYTES = 128;
    private static final int STRING_BYTES = 4096;
    private static final int FRAMES = 100;
    private static final int MOST_FRAMES = 0xffff;

    private final Inspected on;
    private final Page page;
    private final SymbolCommands symbols;
    private long nextData;
    private long nextCode;
    private String lastDump = "db";

    /**
     * @param on what is looked at
     * @param page where the results go
     */
    public InspectCommands(Inspected on, Page page) {
        this.on = on;
        this.page = page;
        this.symbols = new SymbolCommands(on, page);
    }

    /** What each command does, for help: a name and its arguments, then words. */
    public static List<String[]> help() {
        return List.of(
                new String[] {"r [REGISTER[=VALUE]]", "show or change registers"},
                new String[] {"db|dw|dd|dq|dp|dps|da|du [ADDRESS [Ln]]", "show memory"},
                new String[] {"!db|!dw|!dd|!dq ADDRESS [Ln]", "show physical memory"},
                new String[] {"eb|ew|ed|eq|ep ADDRESS VALUE...", "change memory"},
                new String[] {"ea|eu|eza|ezu ADDRESS \"TEXT\"", "write text"},
                new String[] {"u [ADDRESS [Ln]], uf [ADDRESS]", "disassemble"},
                new String[] {"k [COUNT]", "stack of the current thread"},
                new String[] {"lm [m PATTERN]", "modules"},
                new String[] {"x MODULE!PATTERN", "symbols"},
                new String[] {"ln ADDRESS", "nearest symbol"},
                new String[] {"dt MODULE!TYPE [ADDRESS]", "a type, or memory as one"},
                new String[] {"? EXPRESSION", "evaluate"});
    }

    /** Evaluates expressions with the registers of the current thread. */
    public Expressions expressions() {
        return new Expressions(on.target(), on.symbolizer()).of(on.thread());
    }

    /** The target has moved: what is shown next begins at its program counter again. */
    public void moved() {
        nextCode = 0;
    }

    /**
     * Does a command.
     *
     * @return whether it is one of these
     * @throws ConsoleException saying what is wrong with it
     * @throws oriel.engine.eval.EvalException when an expression makes no sense
     */
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "r" -> registers(rest);
            case "d", "db", "dw", "dd", "dq", "dp", "dps", "dds", "dqs", "da", "du" ->
                    dump(command.name(), rest, false);
            case "!db", "!dw", "!dd", "!dq" -> dump(command.name().substring(1), rest, true);
            case "eb", "ew", "ed", "eq", "ep" -> enter(command.name(), rest, false);
            case "!eb", "!ed", "!eq" -> enter(command.name().substring(1), rest, true);
            case "ea", "eu", "eza", "ezu" -> enterText(command.name(), rest);
            case "u" -> code(rest);
            case "uf" -> function(rest);
            case "k", "kb", "kn", "kp", "kv" -> stack(rest);
            case "lm" -> modules(rest);
            case "x" -> symbols.examine(rest);
            case "ln" -> symbols.nearest(rest.isEmpty() ? pc() : expressions().address(rest));
            case "dt" -> symbols.type(rest, expressions());
            case "?" -> evaluate(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    private long pc() {
        OptionalLong pc = on.thread().registers().pc();
        return pc.orElseThrow(() -> new ConsoleException("the program counter is not known"));
    }

    // Registers

    private void registers(String rest) {
        Architecture architecture = on.target().architecture();
        if (rest.isEmpty()) {
            TargetThread thread = on.thread();
            if (thread.registers().pc().isEmpty()) {
                throw new ConsoleException("the registers are not known");
            }
            new RegisterText(page).all(thread.registers());
            codeAt(pc(), 1);
            return;
        }
        int equals = rest.indexOf('=');
        if (equals >= 0) {
            Register register = register(rest.substring(0, equals), architecture);
            long value = expressions().value(rest.substring(equals + 1));
            on.write(RegisterSet.builder(architecture).set(register, value).build());
            return;
        }
        for (String name : rest.split("[,\\s]+")) {
            if (Registers.named(architecture, plain(name)).isPresent()) {
                new RegisterText(page).one(on.thread().registers(), register(name, architecture));
            } else {
                // A part of a register, or a flag.
                page.line(
                        plain(name)
                                + "="
                                + Long.toHexString(expressions().value("@" + plain(name))));
            }
        }
    }

    private static String plain(String name) {
        String stripped = name.strip();
        return stripped.startsWith("@") ? stripped.substring(1) : stripped;
    }

    private static Register register(String name, Architecture architecture) {
        return Registers.named(architecture, plain(name))
                .orElseThrow(
                        () -> new ConsoleException("there is no register '" + plain(name) + "'"));
    }

    // Memory

    private void dump(String name, String rest, boolean physical) {
        String command = name.equals("d") ? lastDump : name;
        lastDump = command;
        MemoryDump.Form form = form(command);
        int width = width(command);
        RangeArgument range = RangeArgument.parse(rest, expressions(), nextData, width);
        boolean text = form == MemoryDump.Form.ASCII || form == MemoryDump.Form.UTF16;
        long bytes =
                range.count().isPresent()
                        ? range.count().getAsLong() * width
                        : text ? STRING_BYTES : DUMP_BYTES;
        Target target = on.target();
        Memory memory = physical ? on.physical() : target.memory();
        var dump = new MemoryDump(page, target, memory, on.symbolizer());
        if (!dump.write(form, range.va(), (int) bytes) && text) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(range.va()));
        }
        nextData = range.va() + bytes;
    }

    private MemoryDump.Form form(String command) {
        return switch (command) {
            case "dw" -> MemoryDump.Form.WORDS;
            case "dd" -> MemoryDump.Form.DWORDS;
            case "dq" -> MemoryDump.Form.QWORDS;
            case "dp" ->
                    on.target().architecture().is64Bit()
                            ? MemoryDump.Form.QWORDS
                            : MemoryDump.Form.DWORDS;
            case "dps", "dds", "dqs" -> MemoryDump.Form.POINTERS;
            case "da" -> MemoryDump.Form.ASCII;
            case "du" -> MemoryDump.Form.UTF16;
            default -> MemoryDump.Form.BYTES;
        };
    }

    /** Bytes of the elements that dump and enter commands count. */
    private int width(String command) {
        return switch (command.charAt(1)) {
            case 'w', 'u' -> 2;
            case 'd' -> 4;
            case 'q' -> 8;
            case 'p' -> on.target().architecture().pointerSize();
            default -> 1;
        };
    }

    private void enter(String command, String rest, boolean physical) {
        String[] words = rest.split("\\s+");
        if (words.length < 2) {
            throw new ConsoleException(command + " ADDRESS VALUE...");
        }
        int width = width(command);
        var bytes = new ByteArrayOutputStream();
        for (int i = 1; i < words.length; i++) {
            long value = expressions().value(words[i]);
            for (int b = 0; b < width; b++) {
                bytes.write((int) (value >>> 8 * b));
            }
        }
        long address = expressions().address(words[0]);
        if (physical) {
            on.writePhysical(address, bytes.toByteArray());
        } else {
            on.write(address, bytes.toByteArray());
        }
    }

    private void enterText(String command, String rest) {
        int quote = rest.indexOf('"');
        int end = rest.lastIndexOf('"');
        if (quote <= 0 || end == quote) {
            throw new ConsoleException(command + " ADDRESS \"TEXT\"");
        }
        boolean wide = command.endsWith("u");
        String text = rest.substring(quote + 1, end) + (command.contains("z") ? "\0" : "");
        on.write(
                expressions().address(rest.substring(0, quote).strip()),
                text.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1));
    }

    // Code

    private void code(String rest) {
        long from = nextCode == 0 ? pc() : nextCode;
        RangeArgument range = RangeArgument.parse(rest, expressions(), from, 1);
        codeAt(range.va(), (int) range.count().orElse(CODE_LINES));
    }

    /** Shows some instructions. */
    public void codeAt(long va, int count) {
        CodeText text = text();
        if (text.instructions(va, count) == 0) {
            page.hex(va, 1).line("  ??");
        }
        nextCode = text.nextVa();
    }

    private void function(String rest) {
        long va = rest.isEmpty() ? pc() : expressions().address(rest);
        long start = on.symbolizer().locate(va).symbol().map(s -> s.va()).orElse(va);
        if (text().function(start, 10_000) == 0) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(start));
        }
    }

    private CodeText text() {
        Target target = on.target();
        if (target.architecture() == Architecture.ARM) {
            throw new ConsoleException("32-bit ARM code cannot be disassembled");
        }
        return new CodeText(
                page, target, on.symbolizer(), new CodeText.Options(FormatOptions.WINDBG, true));
    }

    // Stacks

    private void stack(String rest) {
        int limit = FRAMES;
        if (!rest.isEmpty()) {
            limit = (int) Math.min(MOST_FRAMES, Math.max(1, expressions().value(rest)));
        }
        StackTrace trace = on.walker().walk(on.thread());
        new FrameTable(page, on.target().architecture(), on.symbolizer()).write(trace, limit);
    }

    // Modules

    private void modules(String rest) {
        Target target = on.target();
        String pattern = "";
        List<String> words = new CommandLine("lm", rest).words();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).endsWith("m") && i + 1 < words.size()) {
                pattern = words.get(i + 1);
            }
        }
        var table = new ModuleTable(page, target.architecture());
        table.header();
        for (LoadedModule module : modules(target, pattern)) {
            table.row(module, List.of());
        }
        List<UnloadedModule> gone = target.unloadedModules();
        if (!gone.isEmpty() && pattern.isEmpty()) {
            page.heading("Unloaded");
            gone.forEach(table::row);
        }
    }

    /** Modules whose names match a pattern with * and ?; all for no pattern. */
    static List<LoadedModule> modules(Target target, String pattern) {
        var found = new ArrayList<LoadedModule>();
        for (LoadedModule module : target.modules()) {
            if (pattern.isEmpty()
                    || module.isNamed(pattern)
                    || Wildcards.match(pattern, module.label())
                    || Wildcards.match(pattern, module.name())) {
                found.add(module);
            }
        }
        return found;
    }

    // Expressions

    private void evaluate(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("? EXPRESSION");
        }
        long value = expressions().value(rest);
        page.text("Evaluate expression: ").number(value).text(" = ");
        page.hex(value, on.target().architecture().is64Bit() ? 16 : 8);
        Symbolizer symbolizer = on.symbolizer();
        if (on.target().moduleAt(value).isPresent()) {
            page.text("  ").styled(Style.NAME, symbolizer.locate(value).label());
        }
        page.end();
    }
}
