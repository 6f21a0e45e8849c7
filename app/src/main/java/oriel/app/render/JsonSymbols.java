package oriel.app.render;

import java.util.List;
import java.util.Locale;
import oriel.engine.symbols.find.ModuleSymbols;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.model.InlineFrame;

/** What symbols say, which symbols modules have, and why or why not, as JSON. */
public final class JsonSymbols {
    private JsonSymbols() {}

    /**
     * Which symbols modules have.
     *
     * @param withAttempts whether to tell every place that was asked
     */
    public static void write(JsonPage json, List<ModuleSymbols> modules, boolean withAttempts) {
        var writer = new JsonSurroundings(json);
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "modules",
                            modules,
                            found -> {
                                writer.module(found.module());
                                json.text("imageKey", found.module().imageKey());
                                json.text(
                                        "quality",
                                        found.quality().map(q -> lower(q.name())).orElse("none"));
                                json.texts("symbols", found.sources());
                                if (withAttempts) {
                                    json.objects(
                                            "attempts", found.attempts(), a -> attempt(json, a));
                                }
                            });
                });
        json.endLine();
    }

    /** Answers, those of a kind together. */
    public static void write(JsonPage json, List<SymbolAnswer> answers) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "locations",
                            some(answers, SymbolAnswer.Place.class),
                            place -> place(json, place));
                    json.objects(
                            "symbols",
                            some(answers, SymbolAnswer.Named.class),
                            symbol -> named(json, symbol));
                    json.objects(
                            "functions",
                            some(answers, SymbolAnswer.Lines.class),
                            function -> {
                                named(json, function.function());
                                json.objects(
                                        "lines",
                                        function.rows(),
                                        row -> {
                                            json.hex("address", row.address());
                                            new JsonStacks(json).line(row.line());
                                        });
                            });
                });
        json.endLine();
    }

    /**
     * What came about files of symbols.
     *
     * @param files pairs of the file and its key in the store
     */
    public static void stored(JsonPage json, List<StoredFile> files) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects(
                            "stored",
                            files,
                            file -> {
                                json.text("file", file.file());
                                json.text("key", file.key());
                            });
                });
        json.endLine();
    }

    /** A file that was put somewhere. */
    public record StoredFile(String file, String key) {}

    /** One line that says where a store is served. */
    public static void serving(JsonPage json, String directory, int port) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.object(
                            "serving",
                            () -> {
                                json.text("directory", directory);
                                json.number("port", port);
                            });
                });
        json.endLine();
    }

    /** One line for a request that was answered: method, path and status. */
    public static void request(JsonPage json, String request) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.text("request", request);
                });
        json.endLine();
    }

    private static <T extends SymbolAnswer> List<T> some(List<SymbolAnswer> answers, Class<T> of) {
        return answers.stream().filter(of::isInstance).map(of::cast).toList();
    }

    private static void place(JsonPage json, SymbolAnswer.Place place) {
        json.hex("address", place.address());
        json.text("module", place.module());
        json.text("function", place.name());
        json.hex("functionOffset", place.offset());
        place.line().ifPresent(new JsonStacks(json)::line);
        json.objects(
                "inlined", place.inlined(), (InlineFrame f) -> new JsonStacks(json).inlined(f));
    }

    private static void named(JsonPage json, SymbolAnswer.Named symbol) {
        json.hex("address", symbol.address());
        if (symbol.sizeBytes() > 0) {
            json.number("sizeBytes", symbol.sizeBytes());
        }
        json.text("module", symbol.module());
        json.text("name", symbol.name());
    }

    private static void attempt(JsonPage json, SymbolAttempt attempt) {
        json.text("outcome", lower(attempt.outcome().name()));
        json.text("file", attempt.subject());
        json.text("place", attempt.place());
        json.text("detail", attempt.detail());
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
