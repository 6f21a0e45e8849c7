package oriel.app.console;

import java.util.Optional;
import oriel.app.render.BreakpointRow;
import oriel.app.render.CommandJson;
import oriel.app.render.JsonFact;

/** What commands tell programs besides their text. */
final class CommandFacts {
    private CommandFacts() {}

    /** The facts of a command that has been done; empty when its text says it all. */
    static Optional<JsonFact> of(String command, ConsoleContext context) {
        if (!context.on().isStopped()) {
            return Optional.empty();
        }
        return switch (command) {
            case "r", "register" ->
                    Optional.of(CommandJson.registers(context.thread().registers()));
            case "k", "kb", "kn", "kp", "kv", "kc", "stack" ->
                    Optional.of(CommandJson.frames(context.trace(), context.symbolizer()));
            case "lm" -> Optional.of(CommandJson.modules(context.target().modules()));
            case "bl", "bp", "bu", "bm", "ba" -> Optional.of(breakpoints(context));
            default -> Optional.empty();
        };
    }

    private static JsonFact breakpoints(ConsoleContext context) {
        return CommandJson.breakpoints(
                context.on().breakpoints().list().stream()
                        .map(
                                b ->
                                        new BreakpointRow(
                                                b.id(),
                                                b.request().place(),
                                                b.addresses(),
                                                b.enabled(),
                                                b.hits()))
                        .toList());
    }
}
