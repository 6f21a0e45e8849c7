package oriel.app.render;

import java.util.List;
import java.util.Locale;
import oriel.engine.symbols.find.ModuleSymbols;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.model.PdbId;

/** Which symbols modules have, and why or why not, as JSON. */
public final class JsonSymbols {
    private JsonSymbols() {}

    /**
     * Writes one object.
     *
     * @param withAttempts whether to tell every place that was asked
     */
    public static void write(JsonPage json, List<ModuleSymbols> modules, boolean withAttempts) {
        json.object(
                () -> {
                    json.number("version", JsonReport.VERSION);
                    json.objects("modules", modules, m -> module(json, m, withAttempts));
                });
        json.endLine();
    }

    private static void module(JsonPage json, ModuleSymbols found, boolean withAttempts) {
        json.text("name", found.module().name());
        json.hex("base", found.module().base());
        json.text("image", found.module().imageKey());
        json.text("pdb", found.module().pdb().map(PdbId::baseName).orElse(""));
        json.text("pdbKey", found.module().pdb().map(PdbId::key).orElse(""));
        json.text("quality", found.quality().map(q -> lower(q.name())).orElse("none"));
        json.texts("sources", found.sources());
        if (withAttempts) {
            json.objects("attempts", found.attempts(), a -> attempt(json, a));
        }
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
