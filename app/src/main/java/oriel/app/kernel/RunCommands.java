package oriel.app.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.app.console.CommandLine;
import oriel.app.console.ConsoleException;
import oriel.app.console.InspectCommands;
import oriel.app.render.KernelJson;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.kd.KdSession;
import oriel.kd.KdSession.Exceptions;
import oriel.kd.KernelBreakpoint;
import oriel.kd.RunEnd;
import oriel.model.Architecture;
import oriel.model.StackFrame;

/** The commands that let the target run, and those about breakpoints. */
final class RunCommands {
    private static final int MOST_STEPS = 100_000;

    /** A function may call itself: so often its return address is passed on other stacks. */
    private static final int MOST_RETURNS = 1000;

    private final KernelView view;
    private final KdSession session;
    private final KernelOutput output;
    private final InspectCommands inspect;
    private final KernelText text;
    private final Page page;

    RunCommands(KernelView view, KernelOutput output, InspectCommands inspect, KernelText text) {
        this.view = view;
        this.session = view.session();
        this.output = output;
        this.inspect = inspect;
        this.text = text;
        this.page = output.page();
    }

    boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "g", "gh" -> go(Exceptions.HANDLED, rest);
            case "gn" -> go(Exceptions.NOT_HANDLED, rest);
            case "gu" -> out();
            case "t" -> step(rest, false);
            case "p" -> step(rest, true);
            case "bp", "bu" -> add(rest);
            case "bl" -> list();
            case "bc" -> change(rest, 'c');
            case "bd" -> change(rest, 'd');
            case "be" -> change(rest, 'e');
            default -> {
                return command.name().startsWith("~") && processor(command);
            }
        }
        return true;
    }

    // Running

    private void go(Exceptions exceptions, String rest) {
        if (!session.isStopped()) {
            ended(session.goOn(0));
            return;
        }
        long until = rest.isEmpty() ? 0 : inspect.expressions().address(rest);
        output.flush();
        ended(session.run(exceptions, until));
    }

    private void ended(RunEnd end) {
        output.finishPrints();
        inspect.moved();
        for (long va : session.refusedBreakpoints()) {
            page.styled(Style.WARN, "the target took no breakpoint at " + Long.toHexString(va))
                    .end();
        }
        text.stop(end, inspect);
        output.fact(KernelJson.stop(end.stop()));
    }

    private void step(String rest, boolean over) {
        view.stop();
        long count = rest.isEmpty() ? 1 : inspect.expressions().value(rest);
        if (count < 1 || count > MOST_STEPS) {
            throw new ConsoleException("from 1 to " + MOST_STEPS + " steps");
        }
        for (long i = 0; i < count; i++) {
            RunEnd end = over ? over() : session.step();
            ended(end);
            output.flush();
            boolean stepped =
                    end.reason() == RunEnd.Reason.STEP || end.reason() == RunEnd.Reason.ARRIVED;
            if (!stepped) {
                return;
            }
        }
    }

    /** A call, or an instruction that repeats itself, is run through; others are single steps. */
    private RunEnd over() {
        long pc = view.stop().pc();
        Architecture architecture = view.target().architecture();
        byte[] code = view.target().memory().readUpTo(pc, Disassembler.LONGEST);
        if (architecture == Architecture.ARM || code.length == 0) {
            return session.step();
        }
        var instruction = new Instruction();
        Disassembler.of(architecture).decode(code, 0, code.length, pc, instruction);
        boolean repeats =
                architecture.isIntel()
                        && ((code[0] & 0xff) == 0xf3 || (code[0] & 0xff) == 0xf2)
                        && instruction.flow() == FlowKind.NEXT;
        return instruction.flow().isCall() || repeats
                ? session.run(Exceptions.HANDLED, instruction.nextVa())
                : session.step();
    }

    /** Runs until the current function has returned. */
    private void out() {
        view.stop();
        List<StackFrame> frames = view.walker().walk(view.thread()).frames();
        if (frames.size() < 2) {
            throw new ConsoleException("the caller is not known");
        }
        long to = frames.get(1).pc();
        long thread = view.stop().threadVa();
        long sp = frames.get(1).sp();
        for (int i = 0; i < MOST_RETURNS; i++) {
            RunEnd end = session.run(Exceptions.HANDLED, to);
            OptionalLong now = view.thread().registers().sp();
            boolean there =
                    end.stop().threadVa() == thread
                            && Long.compareUnsigned(now.orElse(sp), sp) >= 0;
            if (end.reason() != RunEnd.Reason.ARRIVED || there) {
                ended(end);
                return;
            }
        }
        throw new ConsoleException("the function does not return");
    }

    // Processors

    private boolean processor(CommandLine command) {
        String what = command.name().substring(1);
        if (what.isEmpty()) {
            for (var each : view.stop().threads()) {
                page.text(each.ref().threadId() == view.stop().processor() ? "*" : " ");
                page.to(2).text("processor ").number(each.ref().threadId());
                OptionalLong pc = each.registers().pc();
                page.text("  ").text(pc.isEmpty() ? "?" : Long.toHexString(pc.getAsLong()));
                pc.ifPresent(
                        va ->
                                page.text("  ")
                                        .styled(Style.NAME, view.symbolizer().locate(va).label()));
                page.end();
            }
            return true;
        }
        int digits = 0;
        while (digits < what.length() && Character.isDigit(what.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 4) {
            return false;
        }
        int number = Integer.parseInt(what, 0, digits, 10);
        if (view.stop().processor(number).isEmpty()) {
            throw new ConsoleException("there is no processor " + number);
        }
        String then = (what.substring(digits) + " " + command.rest()).strip();
        if (then.isEmpty() || then.equals("s")) {
            if (number != view.stop().processor()) {
                session.switchProcessor(number);
            }
            inspect.moved();
            text.place(inspect);
            output.fact(KernelJson.stop(view.stop()));
            return true;
        }
        view.showThread(view.stop().processor(number).orElseThrow());
        try {
            for (CommandLine each : CommandLine.parse(then)) {
                if (!inspect.run(each)) {
                    throw new ConsoleException("~" + number + " takes s, r, k and the like");
                }
            }
        } finally {
            view.showCurrentThread();
        }
        return true;
    }

    // Breakpoints

    private void add(String rest) {
        if (rest.isEmpty()) {
            throw new ConsoleException("bp ADDRESS");
        }
        KernelBreakpoint added = session.addBreakpoint(inspect.expressions().address(rest));
        output.fact(KernelJson.breakpoints(List.of(added)));
        show(added);
    }

    private void show(KernelBreakpoint each) {
        page.rightTo(3, Integer.toString(each.number())).text(each.enabled() ? " e " : " d ");
        page.text(KernelText.address(each.va(), view.target().architecture())).text("  ");
        page.styled(Style.NAME, view.symbolizer().locate(each.va()).label()).end();
    }

    private void list() {
        session.breakpoints().forEach(this::show);
        output.fact(KernelJson.breakpoints(session.breakpoints()));
    }

    private void change(String rest, char how) {
        if (rest.isEmpty()) {
            throw new ConsoleException("b" + how + " NUMBER... or b" + how + " *");
        }
        for (KernelBreakpoint each : chosen(rest)) {
            if (how == 'c') {
                session.removeBreakpoint(each.number());
            } else {
                session.replaceBreakpoint(
                        new KernelBreakpoint(each.number(), each.va(), how == 'e'));
            }
        }
    }

    private List<KernelBreakpoint> chosen(String rest) {
        List<KernelBreakpoint> all = session.breakpoints();
        if (rest.equals("*")) {
            return all;
        }
        var found = new java.util.ArrayList<KernelBreakpoint>();
        for (String word : rest.split("[,\\s]+")) {
            Optional<KernelBreakpoint> one =
                    all.stream().filter(b -> Integer.toString(b.number()).equals(word)).findFirst();
            found.add(
                    one.orElseThrow(() -> new ConsoleException("there is no breakpoint " + word)));
        }
        return found;
    }
}
