package oriel.app.debug;

import java.util.Optional;

/** The arguments of {@code bp}: options, a place, commands in quotes. */
final class BreakpointWords {
    private boolean once;
    private Optional<String> condition = Optional.empty();
    private Optional<String> commands = Optional.empty();
    private String place = "";

    BreakpointWords(String text) {
        String rest = text.strip();
        while (rest.startsWith("/")) {
            if (rest.startsWith("/1")) {
                once = true;
                rest = rest.substring(2).strip();
            } else if (rest.startsWith("/w")) {
                int open = rest.indexOf('"');
                int close = rest.indexOf('"', open + 1);
                if (open < 0 || close < 0) {
                    break;
                }
                condition = Optional.of(rest.substring(open + 1, close));
                rest = rest.substring(close + 1).strip();
            } else {
                break;
            }
        }
        int quote = rest.indexOf('"');
        int end = rest.lastIndexOf('"');
        if (quote >= 0 && end > quote) {
            commands = Optional.of(rest.substring(quote + 1, end));
            rest = rest.substring(0, quote).strip();
        }
        place = rest;
    }

    boolean once() {
        return once;
    }

    Optional<String> condition() {
        return condition;
    }

    Optional<String> commands() {
        return commands;
    }

    String place() {
        return place;
    }
}
