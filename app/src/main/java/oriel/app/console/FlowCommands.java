package oriel.app.console;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import oriel.engine.eval.EvalException;

/**
 * The commands that decide which others are done: j, .if, .while, .for, .foreach, .block and kin.
 */
final class FlowCommands implements CommandGroup {
    private static final int MOST_ROUNDS = 1_000_000;

    private final ConsoleContext context;
    private final Runner runner;
    private final Capture capture;

    /** Has commands print into a text. */
    @FunctionalInterface
    interface Capture {
        /** What a task has printed. */
        String of(ConsoleTarget.Task task) throws IOException;
    }

    /** Leaves a loop, or begins its next round. */
    private static final class LoopExit extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private final boolean ends;

        LoopExit(String word, boolean ends) {
            super(word + " stands outside of a loop");
            this.ends = ends;
        }
    }

    /** Does the commands of a text. */
    @FunctionalInterface
    interface Runner {
        /** Returns whether to go on: not when the target has moved or the console ends. */
        boolean run(String commands) throws IOException;
    }

    FlowCommands(ConsoleContext context, Runner runner, Capture capture) {
        this.context = context;
        this.runner = runner;
        this.capture = capture;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        ".if (EXPR) {COMMANDS} .elsif (EXPR) {...} .else {...}",
                        "commands under a condition"),
                new HelpEntry("j (EXPR) 'COMMANDS'; 'COMMANDS'", "the same, shorter"),
                new HelpEntry(
                        ".while (EXPR) {...}, .do {...} (EXPR), .for (A; EXPR; B) {...}",
                        "commands again and again; .break and .continue in them"),
                new HelpEntry(
                        ".foreach [/pS N] [/ps N] (NAME {COMMANDS}|/s \"TEXT\"|/f FILE) {...}",
                        "commands for each word of a text, which replaces NAME"),
                new HelpEntry("z (EXPR)", "what stands before it in the line again while it holds"),
                new HelpEntry(".block {...}, .catch {...}", "commands together; errors only said"));
    }

    @Override
    public boolean run(CommandLine command) throws IOException {
        String rest = command.rest();
        switch (command.name()) {
            case "j" -> either(rest);
            case ".if" -> choose(rest);
            case ".while" -> {
                var parts = new Parts(rest);
                loop(parts.parenthesis(), "", parts.block());
            }
            case ".for" -> {
                var parts = new Parts(rest);
                List<String> three = split(parts.parenthesis());
                if (three.size() != 3) {
                    throw new ConsoleException(".for (COMMANDS; EXPR; COMMANDS) {COMMANDS}");
                }
                runner.run(three.get(0));
                loop(three.get(1), three.get(2), parts.block());
            }
            case ".do" -> {
                var parts = new Parts(rest);
                String block = parts.block();
                String condition = parts.parenthesis();
                if (round(block)) {
                    loop(condition, "", block);
                }
            }
            case ".foreach" -> each(rest);
            case ".break" -> throw new LoopExit(".break", true);
            case ".continue" -> throw new LoopExit(".continue", false);
            case ".block" -> runner.run(new Parts(rest).block());
            case ".catch" -> attempt(new Parts(rest).block());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        for (String part : text.split(";", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }

    private void choose(String rest) throws IOException {
        var parts = new Parts(rest);
        boolean done = false;
        String condition = parts.parenthesis();
        while (true) {
            boolean holds = !done && context.expressions().holds(condition);
            String block = parts.block();
            if (holds) {
                runner.run(block);
                done = true;
            }
            if (parts.take(".elsif")) {
                condition = parts.parenthesis();
            } else {
                break;
            }
        }
        if (parts.take(".else")) {
            String block = parts.block();
            if (!done) {
                runner.run(block);
            }
        }
        parts.end();
    }

    private void loop(String condition, String step, String block) throws IOException {
        for (int i = 0; context.expressions().holds(condition); i++) {
            if (i >= MOST_ROUNDS) {
                throw new ConsoleException("more than " + MOST_ROUNDS + " rounds");
            }
            if (!round(block) || !runner.run(step)) {
                return;
            }
        }
    }

    /** Does the commands of a loop once. Returns whether to go on. */
    private boolean round(String block) throws IOException {
        try {
            return runner.run(block);
        } catch (LoopExit e) {
            return !e.ends;
        }
    }

    private void attempt(String block) throws IOException {
        try {
            runner.run(block);
        } catch (ConsoleException | EvalException e) {
            context.page().line(String.valueOf(e.getMessage()));
        }
    }

    /** {@code .foreach (NAME {COMMANDS}) {BLOCK}}, or with the words of a text or a file. */
    private void each(String rest) throws IOException {
        var parts = new Parts(rest);
        String usage = ".foreach (NAME {COMMANDS}) {COMMANDS}";
        int first = parts.take("/pS") ? parts.number(usage) : 0;
        int skip = parts.take("/ps") ? parts.number(usage) : 0;
        first = parts.take("/pS") ? parts.number(usage) : first;
        boolean text = parts.take("/s");
        boolean file = parts.take("/f");
        String inside = parts.parenthesis();
        int end = 0;
        while (end < inside.length()
                && (Character.isLetterOrDigit(inside.charAt(end)) || inside.charAt(end) == '_')) {
            end++;
        }
        String name = inside.substring(0, end);
        String source = inside.substring(end).strip();
        if (name.isEmpty() || source.isEmpty()) {
            throw new ConsoleException(usage);
        }
        String words =
                text
                        ? new CommandArguments(context, source).quoted().orElse(source)
                        : file
                                ? Files.readString(
                                        HostFiles.path(
                                                new CommandArguments(context, source)
                                                        .quoted()
                                                        .orElse(source)))
                                : capture.of(() -> runner.run(new Parts(source).block()));
        String block = parts.block();
        String[] all = words.strip().split("\\s+");
        for (int i = first; i < all.length && !all[i].isEmpty(); i += 1 + skip) {
            if (!round(Aliases.replaced(block, name, all[i]))) {
                return;
            }
        }
    }

    /** {@code j EXPR 'commands'; 'commands'}, with either kind of quotes. */
    private void either(String rest) throws IOException {
        int quote = firstQuote(rest);
        if (quote < 0) {
            throw new ConsoleException("j (EXPR) 'COMMANDS'; 'COMMANDS'");
        }
        boolean holds = context.expressions().holds(rest.substring(0, quote).strip());
        var commands = new ArrayList<String>();
        int at = quote;
        while (at < rest.length()) {
            char sign = rest.charAt(at);
            if (sign == '\'' || sign == '"') {
                int end = rest.indexOf(sign, at + 1);
                int to = end < 0 ? rest.length() : end;
                commands.add(rest.substring(at + 1, to));
                at = to + 1;
            } else {
                at++;
            }
        }
        if (holds) {
            runner.run(commands.get(0));
        } else if (commands.size() > 1) {
            runner.run(commands.get(1));
        }
    }

    private static int firstQuote(String text) {
        int narrow = text.indexOf('\'');
        int wide = text.indexOf('"');
        return narrow < 0 || wide >= 0 && wide < narrow ? wide : narrow;
    }

    /** The parenthesised and braced parts of a statement. */
    private static final class Parts {
        private final String text;
        private int at;

        Parts(String text) {
            this.text = text;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        boolean take(String word) {
            skipBlanks();
            boolean there = text.startsWith(word, at);
            at += there ? word.length() : 0;
            return there;
        }

        String parenthesis() {
            return inside('(', ')');
        }

        String block() {
            return inside('{', '}');
        }

        private String inside(char open, char close) {
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != open) {
                throw new ConsoleException("'" + open + "' is missing");
            }
            int start = at + 1;
            int deep = 0;
            boolean quoted = false;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                quoted ^= c == '"';
                deep += quoted ? 0 : c == open ? 1 : c == close ? -1 : 0;
                if (deep == 0 && !quoted) {
                    return text.substring(start, at++).strip();
                }
            }
            throw new ConsoleException("'" + close + "' is missing");
        }

        int number(String usage) {
            skipBlanks();
            int start = at;
            while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 6) {
                at++;
            }
            if (at == start) {
                throw new ConsoleException(usage);
            }
            return Integer.parseInt(text, start, at, 10);
        }

        void end() {
            skipBlanks();
            if (at < text.length()) {
                throw new ConsoleException("'" + text.substring(at) + "' is not expected");
            }
        }
    }
}
