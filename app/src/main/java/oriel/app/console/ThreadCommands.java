package oriel.app.console;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import oriel.app.render.Page;
import oriel.app.render.Style;

/** The commands about threads; of a kernel, about processors. */
final class ThreadCommands implements CommandGroup {
    private final ConsoleContext context;
    private final Page page;
    private final BreakpointCommands breakpoints;
    private final CodeCommands code;
    private final FlowCommands.Runner runner;

    ThreadCommands(
            ConsoleContext context,
            BreakpointCommands breakpoints,
            CodeCommands code,
            FlowCommands.Runner runner) {
        this.context = context;
        this.page = context.page();
        this.breakpoints = breakpoints;
        this.code = code;
        this.runner = runner;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry("~, threadlist, tl", "threads; of a kernel, processors"),
                new HelpEntry("~N, ~., ~#, ~~[ID]", "one: by number, current, stopped, by id"),
                new HelpEntry("~Ns", "turn to one"),
                new HelpEntry("~N COMMAND, ~* COMMAND, ~*e COMMANDS", "about one; about each"),
                new HelpEntry("~N bp PLACE", "a breakpoint for one thread"),
                new HelpEntry(
                        "~Nf, ~Nu, ~Nn, ~Nm", "freeze and unfreeze; suspend and resume, counted"));
    }

    @Override
    public boolean run(CommandLine command) throws IOException {
        if (List.of("threadlist", "tl").contains(command.name())) {
            context.on().seats().forEach(this::show);
            return true;
        }
        if (!command.name().startsWith("~")) {
            return false;
        }
        var which = new Selection(command.word().substring(1), command.rest());
        List<Seat> seats = which.seats(context);
        if (which.then.isEmpty()) {
            seats.forEach(this::show);
            return true;
        }
        if (which.then.equals("s")) {
            turnTo(seats);
            return true;
        }
        if (isHold(which.then)) {
            for (Seat seat : seats) {
                int count = context.on().hold(seat, which.then.charAt(0));
                show(seat);
                page.to(7).text("suspend count ").number(count).end();
            }
            return true;
        }
        for (Seat seat : seats) {
            if (which.all) {
                page.blank();
                show(seat);
            }
            during(seat, which.then);
        }
        return true;
    }

    private static boolean isHold(String then) {
        return then.length() == 1 && "funm".contains(then);
    }

    private void turnTo(List<Seat> seats) {
        if (seats.size() != 1) {
            throw new ConsoleException("one thread only: ~Ns");
        }
        context.on().turnTo(seats.get(0));
        context.reset();
        context.thread().registers().pc().ifPresent(pc -> code.at(pc));
    }

    private void during(Seat seat, String then) throws IOException {
        List<CommandLine> commands = CommandLine.parse(then);
        boolean own =
                commands.size() == 1
                        && List.of("bp", "bu", "bm", "ba").contains(commands.get(0).name());
        if (own) {
            breakpoints.run(commands.get(0), OptionalLong.of(seat.id()));
            return;
        }
        context.reset();
        try {
            context.on().during(seat, () -> runner.run(then));
        } finally {
            context.reset();
        }
    }

    private void show(Seat seat) {
        page.text(seat.current() ? "." : seat.stopped() ? "#" : " ");
        page.rightTo(5, Integer.toString(seat.number())).text("  ").text(seat.title());
        seat.pc()
                .ifPresent(
                        va -> {
                            page.text("  ");
                            page.styled(Style.NAME, context.symbolizer().locate(va).label());
                        });
        seat.name()
                .filter(n -> !n.equals(seat.title()))
                .ifPresent(n -> page.text("  \"" + n + "\""));
        page.end();
    }

    /** Which threads, and what is to be done about them. */
    private static final class Selection {
        private final boolean all;
        private final String which;
        private final String then;

        Selection(String text, String rest) {
            int end = 0;
            if (text.startsWith("*") || text.startsWith(".") || text.startsWith("#")) {
                end = 1;
            } else if (text.startsWith("~[")) {
                end = text.indexOf(']') + 1;
            } else {
                while (end < text.length() && Character.isDigit(text.charAt(end))) {
                    end++;
                }
            }
            all = text.startsWith("*");
            which = text.substring(0, end);
            String command = (text.substring(end) + " " + rest).strip();
            // ~*e does all that follows.
            then =
                    command.startsWith("e ") && text.startsWith("e", end)
                            ? command.substring(2).strip()
                            : command;
        }

        List<Seat> seats(ConsoleContext context) {
            List<Seat> seats = context.on().seats();
            if (all || which.isEmpty() && then.isEmpty()) {
                return seats;
            }
            List<Seat> found = seats.stream().filter(s -> is(s, context)).toList();
            if (found.isEmpty()) {
                // Numbers that are no position are ids.
                found = seats.stream().filter(s -> Long.toString(s.id()).equals(which)).toList();
            }
            if (found.isEmpty()) {
                throw new ConsoleException("there is no thread " + which);
            }
            return found;
        }

        private boolean is(Seat seat, ConsoleContext context) {
            if (which.startsWith("~[")) {
                String id = which.substring(2, Math.max(2, which.length() - 1));
                return context.expressions().value(id) == seat.id();
            }
            return switch (which) {
                case "." -> seat.current();
                case "#" -> seat.stopped();
                case "" -> seat.current();
                default -> Integer.toString(seat.number()).equals(which);
            };
        }
    }
}
