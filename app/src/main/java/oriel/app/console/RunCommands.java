package oriel.app.console;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;

/** The commands that let the target run. */
final class RunCommands implements CommandGroup {
    private static final int MOST_STEPS = 1_000_000;

    private final ConsoleContext context;
    private final StopView view;
    private Motion again = Motion.of(Motion.Way.GO);
    private Optional<Halt> last = Optional.empty();

    RunCommands(ConsoleContext context, StopView view) {
        this.context = context;
        this.view = view;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "g [ADDRESS], go, continue",
                        "run; to an address, if nothing stops it before"),
                new HelpEntry("gh, gn [ADDRESS]", "run; the exception is handled, or not"),
                new HelpEntry("gc", "go on from a breakpoint the way the target ran into it"),
                new HelpEntry("gu", "run to the return of the function"),
                new HelpEntry("p [COUNT], step, next", "step over calls"),
                new HelpEntry("t [COUNT], trace", "step into calls"),
                new HelpEntry(
                        "pa, ta ADDRESS; pc, tc; pt, tt; ph, th; pct, tct",
                        "step to an address, a call, a return, a branch, a call or return"));
    }

    @Override
    public boolean run(CommandLine command) {
        String rest = command.rest();
        switch (command.name()) {
            case "g", "go", "continue" -> go(Motion.Way.GO, rest);
            case "gh" -> go(Motion.Way.GO_HANDLED, rest);
            case "gn" -> go(Motion.Way.GO_NOT_HANDLED, rest);
            case "gc" -> move(again);
            case "gu" -> move(Motion.of(Motion.Way.OUT));
            case "p", "step", "next" -> steps(Motion.Way.OVER, rest);
            case "t", "trace" -> steps(Motion.Way.INTO, rest);
            case "pa" -> stepTo(Motion.Way.OVER, rest);
            case "ta" -> stepTo(Motion.Way.INTO, rest);
            case "pc" -> until(Motion.Way.OVER, RunCommands::isCall, rest);
            case "tc" -> until(Motion.Way.INTO, RunCommands::isCall, rest);
            case "pt" -> until(Motion.Way.OVER, RunCommands::isReturn, rest);
            case "tt" -> until(Motion.Way.INTO, RunCommands::isReturn, rest);
            case "ph" -> until(Motion.Way.OVER, RunCommands::isBranch, rest);
            case "th" -> until(Motion.Way.INTO, RunCommands::isBranch, rest);
            case "pct" -> until(Motion.Way.OVER, i -> isCall(i) || isReturn(i), rest);
            case "tct" -> until(Motion.Way.INTO, i -> isCall(i) || isReturn(i), rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Whether a command lets the target run until something stops it. */
    static boolean letsRun(CommandLine command) {
        return switch (command.name()) {
            case "g", "go", "continue", "gh", "gn", "gc" -> true;
            default -> false;
        };
    }

    /** How the last motion ended, once. */
    Optional<Halt> takeLast() {
        Optional<Halt> taken = last;
        last = Optional.empty();
        return taken;
    }

    private void go(Motion.Way way, String rest) {
        var arguments = new CommandArguments(context, rest);
        arguments.take('=');
        OptionalLong until =
                arguments.isEmpty() ? OptionalLong.empty() : OptionalLong.of(arguments.address());
        move(new Motion(way, until));
    }

    private Halt move(Motion motion) {
        Halt halt = silent(motion);
        view.write(halt);
        return halt;
    }

    /** Moves without showing where. */
    private Halt silent(Motion motion) {
        boolean single = motion.way() == Motion.Way.INTO || motion.way() == Motion.Way.OVER;
        again = single ? Motion.of(motion.way()) : Motion.of(Motion.Way.GO);
        Halt halt = context.move(motion);
        last = Optional.of(halt);
        context.reset();
        return halt;
    }

    private long count(String rest) {
        long count = rest.isEmpty() ? 1 : context.expressions().value(rest);
        if (count < 1 || count > MOST_STEPS) {
            throw new ConsoleException("from 1 to " + MOST_STEPS + " steps");
        }
        return count;
    }

    private void steps(Motion.Way way, String rest) {
        long count = count(rest);
        for (long i = 0; i < count; i++) {
            context.check();
            if (move(Motion.of(way)).kind() != Halt.Kind.ARRIVED) {
                return;
            }
        }
    }

    private void stepTo(Motion.Way way, String rest) {
        long to = new CommandArguments(context, rest).addressOr(0);
        if (rest.isEmpty()) {
            throw new ConsoleException("pa ADDRESS");
        }
        for (int i = 0; i < MOST_STEPS; i++) {
            context.check();
            Halt halt = silent(Motion.of(way));
            boolean there = halt.kind() != Halt.Kind.ARRIVED || pc() == to;
            if (there) {
                view.write(halt);
                return;
            }
        }
        last.ifPresent(view::write);
    }

    private long pc() {
        return context.thread().registers().pc().orElse(0);
    }

    /** What an instruction must be for a motion to end before it. */
    @FunctionalInterface
    private interface Test {
        boolean is(Instruction instruction);
    }

    private static boolean isCall(Instruction instruction) {
        return instruction.flow().isCall();
    }

    private static boolean isReturn(Instruction instruction) {
        return instruction.flow() == FlowKind.RETURN;
    }

    private static boolean isBranch(Instruction instruction) {
        return instruction.flow() != FlowKind.NEXT;
    }

    private void until(Motion.Way way, Test test, String rest) {
        long count = count(rest);
        for (int i = 0; i < MOST_STEPS; i++) {
            context.check();
            Halt halt = silent(Motion.of(way));
            boolean there = halt.kind() != Halt.Kind.ARRIVED || test.is(instruction());
            if (there && (halt.kind() != Halt.Kind.ARRIVED || --count == 0)) {
                view.write(halt);
                return;
            }
        }
        last.ifPresent(view::write);
    }

    private Instruction instruction() {
        Architecture architecture = context.architecture();
        if (architecture == Architecture.ARM) {
            throw new ConsoleException("32-bit ARM code cannot be disassembled");
        }
        long pc = pc();
        byte[] bytes = context.memory().readUpTo(pc, Disassembler.LONGEST);
        var instruction = new Instruction();
        if (bytes.length > 0) {
            Disassembler.of(architecture).decode(bytes, 0, bytes.length, pc, instruction);
        }
        return instruction;
    }
}
