package oriel.app.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import oriel.app.render.JsonPage;
import oriel.app.render.JsonSymbols;
import oriel.app.render.Page;
import oriel.app.render.Style;
import oriel.engine.symbols.find.ModuleSymbols;
import oriel.engine.symbols.find.StoreIntake;
import oriel.engine.symbols.find.SymbolSurvey;
import oriel.engine.symbols.store.LocalStore;
import oriel.engine.symbols.store.StoreKey;
import oriel.engine.symbols.store.StoreLedger;
import oriel.engine.symbols.store.StoreServer;
import oriel.engine.symbols.store.SymbolAttempt;

/** Actions of {@code oriel symbols} that find, fetch, keep and serve files. */
final class SymbolStoreWork {
    private static final int STATE_COLUMN = 28;
    private static final int SOURCE_COLUMN = 40;
    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65535;

    private final Arguments given;
    private final Console console;
    private final Page page;

    SymbolStoreWork(Arguments given, Console console) {
        this.given = given;
        this.console = console;
        this.page = TargetInput.page(given, console);
    }

    /** One line for each module: what it has. */
    int modules(String file) throws IOException {
        return report(survey(file), false);
    }

    /** The same, and every place that was asked. */
    int check(String file) throws IOException {
        return report(survey(file), true);
    }

    /** Fetches everything, then says what is there. */
    int fetch(String file) throws IOException {
        List<ModuleSymbols> found = survey(file);
        int code = report(found, false);
        if (given.has("--json")) {
            return code;
        }
        long full = found.stream().filter(m -> !m.sources().isEmpty()).count();
        console.out().println(full + " of " + found.size() + " modules have symbols");
        return code;
    }

    /** Puts files into the store. */
    int add(List<String> files) throws IOException {
        if (!given.has("--store")) {
            throw new UsageException("symbols add: --store DIR is needed");
        }
        var store = new LocalStore(TargetInput.path(given.value("--store", "")));
        var intake = new StoreIntake(store, given.has("--compress"));
        var added = new ArrayList<StoreLedger.Entry>();
        var stored = new ArrayList<JsonSymbols.StoredFile>();
        try {
            for (String file : files) {
                Path path = TargetInput.path(file);
                StoreKey key = intake.add(path);
                added.add(new StoreLedger.Entry(key, path));
                if (given.has("--json")) {
                    stored.add(new JsonSymbols.StoredFile(file, key.path()));
                } else {
                    page.line(key.path());
                }
            }
        } finally {
            if (!added.isEmpty()) {
                new StoreLedger(store)
                        .record(
                                added,
                                given.value("--product", ""),
                                given.value("--product-version", ""),
                                given.value("--comment", ""),
                                Instant.now());
            }
            page.flush();
            if (given.has("--json")) {
                json(json -> JsonSymbols.stored(json, stored));
            }
        }
        return ExitCode.FOUND;
    }

    private void json(Consumer<JsonPage> writer) {
        try (var json = new JsonPage(console.out(), true)) {
            writer.accept(json);
        }
    }

    /** Serves a store until the process is ended. */
    int serve(String directory) throws IOException {
        Path root = TargetInput.path(directory);
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(directory + ": is not a directory");
        }
        boolean any = given.value("--port", "").equals("0");
        int port = any ? 0 : given.count("--port", DEFAULT_PORT, LAST_PORT);
        InetSocketAddress address =
                given.has("--public")
                        ? new InetSocketAddress(port)
                        : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (StoreServer server = StoreServer.start(root, address, this::answered)) {
            int actual = server.address().getPort();
            if (given.has("--json")) {
                line(json -> JsonSymbols.serving(json, directory, actual));
            } else {
                log("serving " + directory + " on port " + actual);
            }
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FOUND;
    }

    private void answered(String request) {
        if (given.has("--json")) {
            line(json -> JsonSymbols.request(json, request));
        } else {
            log(request);
        }
    }

    /** An object on a line of its own, to be read while the server runs. */
    private synchronized void line(Consumer<JsonPage> writer) {
        try (var json = new JsonPage(console.out(), false)) {
            writer.accept(json);
        }
        console.out().flush();
    }

    private synchronized void log(String line) {
        console.err().println(line);
        console.err().flush();
    }

    private List<ModuleSymbols> survey(String file) throws IOException {
        try (TargetInput input = TargetInput.open(file, given);
                var progress = new FetchProgress(console)) {
            var survey =
                    new SymbolSurvey(
                            SymbolOptions.path(given),
                            input.images(given),
                            SymbolOptions.settings(given),
                            progress);
            return survey.of(input.target().modules(), input.target().memory());
        }
    }

    private int report(List<ModuleSymbols> modules, boolean withAttempts) {
        boolean any = modules.stream().anyMatch(m -> !m.sources().isEmpty());
        if (given.has("--json")) {
            json(json -> JsonSymbols.write(json, modules, withAttempts));
            return any ? ExitCode.FOUND : ExitCode.NOTHING;
        }
        for (ModuleSymbols module : modules) {
            page.styled(Style.NAME, module.module().name()).to(STATE_COLUMN);
            String quality = module.quality().map(q -> lower(q.name())).orElse("none");
            page.styled(module.sources().isEmpty() ? Style.WARN : Style.GOOD, quality);
            page.to(SOURCE_COLUMN).text(String.join("; ", module.sources())).end();
            if (withAttempts) {
                String key = module.module().pdb().map(p -> p.key()).orElse("");
                if (key.isEmpty()) {
                    page.line("  the image names no PDB");
                }
                module.attempts().forEach(this::attempt);
            }
        }
        page.flush();
        return any ? ExitCode.FOUND : ExitCode.NOTHING;
    }

    private void attempt(SymbolAttempt attempt) {
        page.text("  ").text(lower(attempt.outcome().name())).to(12).text(attempt.subject());
        page.text(" at ").text(attempt.place());
        page.text(attempt.detail().isEmpty() ? "" : ": " + attempt.detail()).end();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
