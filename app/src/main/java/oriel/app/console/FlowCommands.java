package oriel.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The commands that decide which others are done: j, .if, .while, .for, .foreach, .block. */
final class FlowCommands implements CommandGroup {
    private static final int MOST_ROUNDS = 1_000_000;

    private final ConsoleContext context;
    private final Runner runner;

    /** Does the commands of a text. */
    @FunctionalInterface
    interface Runner {
        /** Returns whether to go on: not when the target has moved or the console ends. */
        boolean run(String commands) throws IOException;
    }

    FlowCommands(ConsoleContext context, Runner runner) {
        this.context = context;
        this.runner = runner;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        ".if (EXPR) {COMMANDS} .elsif (EXPR) {...} .else {...}",
                        "commands under a condition"),
                new HelpEntry("j (EXPR) 'COMMANDS'; 'COMMANDS'", "the same, shorter"),
                new HelpEntry(
                        ".while (EXPR) {...}, .for (A; EXPR; B) {...}, .block {...}",
                        "commands again and again; together"));
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
            case ".block" -> runner.run(new Parts(rest).block());
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
            if (!runner.run(block) || !runner.run(step)) {
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

        void end() {
            skipBlanks();
            if (at < text.length()) {
                throw new ConsoleException("'" + text.substring(at) + "' is not expected");
            }
        }
    }
}
