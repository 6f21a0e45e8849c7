package oriel.app.console;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.render.FrameTable;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.kernel.TrapFrame;
import oriel.engine.symbols.pdb.FrameVariable;
import oriel.engine.symbols.pdb.FrameVariables;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.ValueReader;
import oriel.model.Architecture;
import oriel.model.ContextLayout;
import oriel.model.LoadedModule;
import oriel.model.RegisterSet;
import oriel.model.Registers;
import oriel.model.StackFrame;
import oriel.model.StackTrace;
import oriel.model.TargetException;
import oriel.model.TargetThread;
import oriel.model.ThreadRef;
import oriel.model.Wildcards;
import oriel.triage.reason.CodeNames;

/** The commands about stacks, their frames and what lies in them, and about exceptions. */
final class StackCommands implements CommandGroup {
    private static final int FRAMES = 0x100;
    private static final int MOST_FRAMES = 0xffff;

    private final ConsoleContext context;
    private final Page page;
    private final CodeCommands code;

    StackCommands(ConsoleContext context, CodeCommands code) {
        this.context = context;
        this.page = context.page();
        this.code = code;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "k, kb, kc, kn, kp, kv, kL [COUNT], stack",
                        "the stack: with arguments (kb, kv), names only (kc), variables (kp)"),
                new HelpEntry(
                        ".frame [/c] [N], .f+, .f-", "whose variables; with /c whose registers"),
                new HelpEntry("dv [/t] [/v] [PATTERN]", "variables of the frame"),
                new HelpEntry(".exr ADDRESS|-1", "an exception record; -1 for the last"),
                new HelpEntry(
                        ".ecxr, .cxr [ADDRESS]",
                        "registers of the exception, of a CONTEXT; .cxr alone goes back"),
                new HelpEntry(".trap ADDRESS", "registers of a KTRAP_FRAME"),
                new HelpEntry(".lastevent", "what stopped the target"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "k", "kb", "kc", "kn", "kp", "kv", "kl", "kf", "km", "stack" ->
                    stack(command.name(), rest);
            case ".frame" -> frame(rest);
            case ".f+" -> turn(context.frame() + 1);
            case ".f-" -> turn(context.frame() - 1);
            case "dv" -> variables(rest);
            case ".exr" -> record(rest);
            case ".ecxr" -> exceptionContext();
            case ".cxr" -> context(rest);
            case ".trap" -> trap(rest);
            case ".lastevent" -> context.on().lastEvent().forEach(page::line);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void stack(String name, String rest) {
        int limit = FRAMES;
        String style = name.equals("stack") ? "k" : name;
        var arguments = new CommandArguments(context, rest);
        for (String flag : List.of("n", "b", "p", "v", "L", "c", "f")) {
            // As in 'k n 5'; the flags of the name count, too.
            style += arguments.take(flag) ? flag : "";
        }
        StackTrace trace;
        if (arguments.take('=')) {
            trace = from(arguments);
        } else {
            trace = context.trace();
        }
        if (!arguments.isEmpty()) {
            limit = (int) Math.min(MOST_FRAMES, Math.max(1, arguments.value()));
        }
        boolean variables = style.indexOf('p') > 0;
        boolean words = style.indexOf('b') > 0 || style.indexOf('v') > 0;
        var table =
                new FrameTable(page, context.architecture(), context.symbolizer())
                        .withLines(style.indexOf('L') < 0 && style.indexOf('l') < 0);
        if (style.indexOf('c') > 0) {
            table.names(trace, limit);
        } else if (words) {
            table.withArguments(frame -> arguments(frame)).write(trace, limit);
        } else if (variables) {
            table.withVariables(this::parameters).write(trace, limit);
        } else {
            table.write(trace, limit);
        }
    }

    /** {@code k = SP PC}, or {@code k = FP SP PC} as for x86. */
    private StackTrace from(CommandArguments arguments) {
        long first = arguments.address();
        long second = arguments.isEmpty() ? code.pc() : arguments.address();
        var registers = RegisterSet.builder(context.architecture());
        if (arguments.isEmpty()) {
            registers.set(Registers.stackPointer(context.architecture()), first);
            registers.set(Registers.programCounter(context.architecture()), second);
        } else {
            registers.set(Registers.framePointer(context.architecture()), first);
            registers.set(Registers.stackPointer(context.architecture()), second);
            registers.set(Registers.programCounter(context.architecture()), arguments.address());
        }
        return context.on().walker().walk(registers.build());
    }

    /** The first words where the caller put arguments: x64 has room for four, x86 has them all. */
    private List<Long> arguments(StackFrame caller) {
        var words = new java.util.ArrayList<Long>();
        int size = context.architecture().pointerSize();
        // The frame of the caller begins where the return address was taken off.
        for (int i = 0; i < 3; i++) {
            OptionalLong word = context.memory().unsigned(caller.sp() + (long) i * size, size);
            word.ifPresent(words::add);
        }
        return words;
    }

    private List<String> parameters(StackFrame frame) {
        return variables(frame).stream()
                .filter(v -> v.parameter() && v.inlinedFunction().isEmpty())
                .map(v -> v.name() + " = " + v.value().brief(60))
                .toList();
    }

    // Frames

    private void frame(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean registers = arguments.take("/c") | arguments.take("/r");
        if (arguments.isEmpty()) {
            turn(context.frame());
        } else {
            turn((int) Math.min(MOST_FRAMES, arguments.value()));
        }
        if (registers) {
            List<StackFrame> frames = context.trace().frames();
            choose(frames.get(context.frame()).registers());
        }
    }

    private void turn(int number) {
        StackTrace trace = context.trace();
        List<StackFrame> frames = trace.frames();
        if (number < 0 || number >= frames.size()) {
            throw new ConsoleException("there is no frame " + Integer.toHexString(number));
        }
        context.frame(number);
        new FrameTable(page, context.architecture(), context.symbolizer())
                .one(number, frames.get(number));
    }

    private List<FrameVariable> variables(StackFrame frame) {
        Optional<LoadedModule> module = context.target().moduleAt(frame.lookupVa());
        if (module.isEmpty()) {
            return List.of();
        }
        return PdbSymbolSource.among(context.symbolizer().sources(module.get()))
                .map(
                        pdb ->
                                new FrameVariables(pdb, ValueReader.Limits.USUAL)
                                        .of(
                                                module.get(),
                                                frame,
                                                context.memory(),
                                                va -> context.target().moduleAt(va).isPresent()))
                .orElse(List.of());
    }

    private void variables(String rest) {
        var arguments = new CommandArguments(context, rest);
        boolean types = false;
        boolean places = false;
        while (arguments.next() == '/') {
            String option = arguments.word();
            types |= option.equals("/t");
            places |= option.equalsIgnoreCase("/v");
        }
        String pattern = arguments.isEmpty() ? "*" : arguments.word();
        List<StackFrame> frames = context.trace().frames();
        if (context.frame() >= frames.size()) {
            throw new ConsoleException("the frame is not known");
        }
        List<FrameVariable> all = variables(frames.get(context.frame()));
        if (all.isEmpty()) {
            throw new ConsoleException(
                    "symbols tell of no variables here; a PDB of the module would");
        }
        for (FrameVariable each : all) {
            if (!Wildcards.match(pattern, each.name())) {
                continue;
            }
            page.text(each.parameter() ? "prv param  " : "prv local  ");
            if (places) {
                page.text("@ ").hex(each.value().va(), 1).text("  ");
            }
            page.text(types ? each.value().type() + " " : "");
            page.styled(Style.NAME, each.name()).text(" = ").text(each.value().brief(160));
            page.text(
                    each.inlinedFunction().isEmpty()
                            ? ""
                            : "   (of inlined " + each.inlinedFunction() + ")");
            page.end();
        }
    }

    // Exceptions and contexts

    private void record(String rest) {
        if (rest.isEmpty() || rest.equals("-1")) {
            TargetException last =
                    context.target()
                            .exception()
                            .orElseThrow(() -> new ConsoleException("there was no exception"));
            write(last.code(), last.flags(), last.address(), last.parameters());
            return;
        }
        long va = new CommandArguments(context, rest).address();
        int pointer = context.architecture().pointerSize();
        // EXCEPTION_RECORD: code, flags, next record, address, count of parameters, parameters.
        OptionalLong code = context.memory().unsigned(va, 4);
        OptionalLong flags = context.memory().unsigned(va + 4, 4);
        OptionalLong at = context.memory().unsigned(va + 8 + pointer, pointer);
        OptionalLong count = context.memory().unsigned(va + 8 + 2L * pointer, 4);
        if (code.isEmpty() || flags.isEmpty() || at.isEmpty() || count.isEmpty()) {
            throw new ConsoleException("there is no memory at " + Long.toHexString(va));
        }
        var parameters = new java.util.ArrayList<Long>();
        long first = va + 16 + 2L * pointer - (pointer == 4 ? 4 : 0);
        for (int i = 0; i < Math.min(15, count.getAsLong()); i++) {
            parameters.add(
                    context.memory().unsigned(first + (long) i * pointer, pointer).orElse(0));
        }
        write((int) code.getAsLong(), (int) flags.getAsLong(), at.getAsLong(), parameters);
    }

    private void write(int code, int flags, long address, List<Long> parameters) {
        int digits = context.architecture().pointerSize() * 2;
        page.text("ExceptionAddress: ").hex(address, digits);
        page.text(" (").styled(Style.NAME, context.symbolizer().locate(address).label()).line(")");
        page.text("   ExceptionCode: ").hex(code & 0xffffffffL, 8);
        page.text(" (").text(CodeNames.exception(code).name()).line(")");
        page.text("  ExceptionFlags: ").hex(flags & 0xffffffffL, 8).end();
        page.text("NumberParameters: ").number(parameters.size()).end();
        for (int i = 0; i < parameters.size(); i++) {
            page.text("   Parameter[").number(i).text("]: ");
            page.hex(parameters.get(i), digits).end();
        }
        if (code == 0xc0000005 && parameters.size() >= 2) {
            long how = parameters.get(0);
            page.text(
                    how == 0
                            ? "Attempt to read from"
                            : how == 1 ? "Attempt to write to" : "Attempt to execute");
            page.text(" address ").hex(parameters.get(1), digits).end();
        }
    }

    private void exceptionContext() {
        TargetException last =
                context.target()
                        .exception()
                        .orElseThrow(() -> new ConsoleException("there was no exception"));
        Optional<? extends TargetThread> thread = context.target().thread(last.thread().threadId());
        if (thread.isEmpty()) {
            throw new ConsoleException("the thread of the exception is not there any more");
        }
        for (Seat seat : context.on().seats()) {
            if (seat.thread().ref().equals(last.thread()) && !seat.current()) {
                context.on().turnTo(seat);
            }
        }
        choose(thread.get().registers());
    }

    private void context(String rest) {
        if (rest.isEmpty() || rest.equals("0")) {
            context.reset();
            page.line("Resetting default scope");
            return;
        }
        long va = new CommandArguments(context, rest).address();
        if (context.architecture() == Architecture.ARM) {
            throw new ConsoleException("a CONTEXT of 32-bit ARM cannot be read");
        }
        ContextLayout layout = ContextLayout.of(context.architecture());
        byte[] bytes = context.memory().readUpTo(va, layout.sizeBytes());
        if (bytes.length < layout.sizeBytes()) {
            throw new ConsoleException("there is no CONTEXT at " + Long.toHexString(va));
        }
        choose(layout.read(bytes));
    }

    /** {@code .trap ADDRESS}: what a kernel saved at an interrupt or a fault. */
    private void trap(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException(".trap ADDRESS; kv and the bug check's parameters tell it");
        }
        long va = new CommandArguments(context, rest).address();
        choose(
                TrapFrame.read(context.memory(), context.architecture(), va)
                        .orElseThrow(
                                () ->
                                        new ConsoleException(
                                                "there is no trap frame at "
                                                        + Long.toHexString(va))));
    }

    private void choose(RegisterSet registers) {
        TargetThread thread = context.on().thread();
        context.choose(new OtherTime(thread, registers));
        new oriel.app.render.RegisterText(page).all(registers);
        registers.pc().ifPresent(pc -> code.at(pc));
    }

    /** A thread as it was at another time. */
    private record OtherTime(TargetThread thread, RegisterSet registers) implements TargetThread {
        @Override
        public ThreadRef ref() {
            return thread.ref();
        }

        @Override
        public OptionalLong tebVa() {
            return thread.tebVa();
        }
    }
}
