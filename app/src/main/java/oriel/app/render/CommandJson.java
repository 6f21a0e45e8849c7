package oriel.app.render;

import java.io.OutputStream;
import java.util.List;

/** Results of commands of a console, one line of JSON for each. */
public final class CommandJson {
    private CommandJson() {}

    /**
     * Writes the result of a command.
     *
     * @param ok whether it could be done
     * @param text what it would have printed
     */
    public static void result(
            OutputStream out, String command, boolean ok, List<String> text, JsonFact fact) {
        try (var json = new JsonPage(out, false)) {
            json.object(
                    () -> {
                        json.text("command", command);
                        json.flag("ok", ok);
                        fact.write(json);
                        json.texts("output", text);
                    });
            json.endLine();
        }
    }
}
