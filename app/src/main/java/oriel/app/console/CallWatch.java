package oriel.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.disasm.Disassembler;
import oriel.engine.disasm.FlowKind;
import oriel.engine.disasm.Instruction;
import oriel.model.Architecture;

/** The command wt: steps through a function and shows what it calls, with instructions counted. */
final class CallWatch implements CommandGroup {
    private static final int MOST_STEPS = 1_000_000;
    private static final int MOST_INDENT = 30;

    private final ConsoleContext context;
    private final Page page;
    private final StopView view;

    CallWatch(ConsoleContext context, StopView view) {
        this.context = context;
        this.page = context.page();
        this.view = view;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "wt [-l DEPTH] [-m MODULE]",
                        "step to the end of the function, with what it calls"));
    }

    @Override
    public boolean run(CommandLine command) {
        if (!command.name().equals("wt")) {
            return false;
        }
        if (context.architecture() == Architecture.ARM) {
            throw new ConsoleException("32-bit ARM code cannot be disassembled");
        }
        new Watch(command.rest()).run();
        return true;
    }

    /** A call that has not returned. */
    private static final class Level {
        private final String name;
        private long own;
        private long within;

        Level(String name) {
            this.name = name;
        }
    }

    /** One function of the summary. */
    private static final class Sum {
        private long calls;
        private long fewest = Long.MAX_VALUE;
        private long most;
        private long all;
    }

    private final class Watch {
        private final List<Level> levels = new ArrayList<>();
        private final Map<String, Sum> sums = new TreeMap<>();
        private final Instruction instruction = new Instruction();
        private int deepest = Integer.MAX_VALUE;
        private String module = "";
        private long steps;

        Watch(String rest) {
            var arguments = new CommandArguments(context, rest);
            while (arguments.next() == '-') {
                switch (arguments.word()) {
                    case "-l" -> deepest = (int) Math.min(1000, arguments.value());
                    case "-m" -> module = arguments.word();
                    default -> throw new ConsoleException("wt [-l DEPTH] [-m MODULE]");
                }
            }
        }

        void run() {
            levels.add(new Level(function()));
            Halt halt = Halt.of(Halt.Kind.ARRIVED);
            while (!levels.isEmpty() && steps < MOST_STEPS) {
                context.check();
                decode();
                FlowKind flow = instruction.flow();
                boolean enters = flow.isCall() && enters();
                halt = context.move(Motion.of(enters ? Motion.Way.INTO : Motion.Way.OVER));
                context.reset();
                steps++;
                levels.get(levels.size() - 1).own++;
                if (halt.kind() != Halt.Kind.ARRIVED) {
                    break;
                }
                if (enters) {
                    show(levels.size() - 1);
                    levels.add(new Level(function()));
                } else if (flow == FlowKind.RETURN) {
                    leave();
                }
            }
            while (!levels.isEmpty()) {
                leave();
            }
            summary();
            view.write(halt);
        }

        private void decode() {
            long pc = pc();
            byte[] bytes = context.memory().readUpTo(pc, Disassembler.LONGEST);
            Disassembler.of(context.architecture()).decode(bytes, 0, bytes.length, pc, instruction);
        }

        private long pc() {
            OptionalLong pc = context.thread().registers().pc();
            return pc.orElseThrow(() -> new ConsoleException("the program counter is not known"));
        }

        private String function() {
            long pc = pc();
            Optional<String> name =
                    context.symbolizer().locate(pc).symbol().map(s -> s.module() + "!" + s.name());
            return name.orElseGet(() -> context.symbolizer().locate(pc).label());
        }

        /** Calls that are too deep, or lead out of the module that is wanted, are stepped over. */
        private boolean enters() {
            boolean here = levels.size() <= deepest;
            if (here && !module.isEmpty()) {
                OptionalLong to = instruction.branchTarget();
                here =
                        to.isPresent()
                                && context.target()
                                        .moduleAt(to.getAsLong())
                                        .filter(m -> m.isNamed(module))
                                        .isPresent();
            }
            return here;
        }

        private void leave() {
            int depth = levels.size() - 1;
            show(depth);
            Level level = levels.remove(depth);
            Sum sum = sums.computeIfAbsent(level.name, n -> new Sum());
            sum.calls++;
            sum.fewest = Math.min(sum.fewest, level.own);
            sum.most = Math.max(sum.most, level.own);
            sum.all += level.own;
            if (depth > 0) {
                levels.get(depth - 1).within += level.own + level.within;
            }
        }

        private void show(int depth) {
            Level level = levels.get(depth);
            page.rightTo(5, Long.toString(level.own)).rightTo(11, Long.toString(level.within));
            page.text(" [").rightTo(15, Integer.toString(depth)).text("] ");
            page.text("  ".repeat(Math.min(MOST_INDENT, depth)));
            page.styled(Style.NAME, level.name).end();
        }

        private void summary() {
            page.blank().number(steps).line(" instructions were executed");
            page.blank().text("Function Name").to(50).text("Invocations MinInst MaxInst AvgInst");
            page.end();
            sums.forEach(
                    (name, sum) -> {
                        page.styled(Style.NAME, name).rightTo(61, Long.toString(sum.calls));
                        page.rightTo(69, Long.toString(sum.fewest));
                        page.rightTo(77, Long.toString(sum.most));
                        page.rightTo(85, Long.toString(sum.all / sum.calls)).end();
                    });
        }
    }
}
