package oriel.app.console;

import java.util.List;
import java.util.Map;

/** The commands about aliases: as, aS, al, ad. */
final class AliasCommands implements CommandGroup {
    private final ConsoleContext context;
    private final Aliases aliases;

    AliasCommands(ConsoleContext context, Aliases aliases) {
        this.context = context;
        this.aliases = aliases;
    }

    @Override
    public List<HelpEntry> help() {
        return List.of(
                new HelpEntry(
                        "as [/x] NAME TEXT|EXPR, aS NAME TEXT, al, ad NAME|*",
                        "a word for a text or number; list them; forget"));
    }

    @Override
    public boolean run(CommandLine command) {
        switch (command.name()) {
            case "as" -> define(command.rest(), command.word().equals("aS"));
            case "al" -> list();
            case "ad" -> aliases.remove(command.rest());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void define(String rest, boolean semicolons) {
        var arguments = new CommandArguments(context, rest);
        boolean number = arguments.take("/x");
        if (!number && arguments.next() == '/') {
            throw new ConsoleException("of the options of as only /x is known");
        }
        String name = arguments.word();
        String meaning = arguments.rest();
        if (name.isEmpty() || meaning.isEmpty()) {
            throw new ConsoleException((semicolons ? "aS" : "as") + " NAME TEXT");
        }
        aliases.put(
                name,
                number ? "0x" + Long.toHexString(context.expressions().value(meaning)) : meaning);
    }

    private void list() {
        if (aliases.all().isEmpty()) {
            context.page().line("No aliases");
        }
        for (Map.Entry<String, String> each : aliases.all().entrySet()) {
            context.page().to(2).text(each.getKey()).to(18).line(each.getValue());
        }
    }
}
