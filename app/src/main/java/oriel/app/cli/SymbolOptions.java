package oriel.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oriel.app.console.SymbolPlaces;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.engine.symbols.source.SourceFinder;
import oriel.engine.symbols.source.SourcePath;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.ServerSettings.Credentials;
import oriel.engine.symbols.store.SymbolPath;

/** Where symbols come from: options, and the environment where options say nothing. */
final class SymbolOptions {
    static final Option PATH =
            Option.value(
                            "--symbols",
                            "PATH",
                            "Where symbols may lie: directories, symbol stores and servers,"
                                    + " separated by ';' (srv*cache*https://server). Without it"
                                    + " _NT_SYMBOL_PATH counts.")
                    .manyTimes();
    static final Option OFFLINE =
            Option.flag("--offline", "Ask no symbol server, take what is in local stores.");

    static final Option SOURCE_PATH =
            Option.value(
                            "--source-path",
                            "PATH",
                            "Where source files may lie: directories separated by ';'. srv* also"
                                    + " fetches them from where the symbols say (SourceLink,"
                                    + " srcsrv).")
                    .manyTimes();

    private SymbolOptions() {}

    /** The symbol path that was given, or that of the environment. */
    static SymbolPath path(Arguments given) {
        return SymbolPath.parse(pathText(given), defaultStore(given));
    }

    private static String pathText(Arguments given) {
        List<String> values = given.values("--symbols");
        return values.isEmpty() ? given.variable("_NT_SYMBOL_PATH") : String.join(";", values);
    }

    /** Finds symbols as the options say, and later where the user of a console says. */
    static SymbolPlaces places(Arguments given, List<Path> images) {
        return new SymbolPlaces(
                pathText(given),
                text ->
                        new SymbolPathLocator(
                                SymbolPath.parse(text, defaultStore(given)),
                                images,
                                settings(given),
                                FetchListener.NONE));
    }

    /** How servers are asked. */
    static ServerSettings settings(Arguments given) {
        return ServerSettings.DEFAULT
                .withOffline(given.has("--offline"))
                .with(credentials(given.variable("ORIEL_SYMBOL_TOKENS")));
    }

    /** Directories of images: those given, and the one of the input. */
    static List<Path> images(Arguments given, Path file) {
        var images = new ArrayList<>(TargetInput.directories(given.values("--image-path")));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            images.add(folder);
        }
        return images;
    }

    /** Finds symbols as the options say. */
    static SymbolPathLocator locator(Arguments given, List<Path> images, FetchListener listener) {
        return new SymbolPathLocator(path(given), images, settings(given), listener);
    }

    /** Finds source files as the options say. */
    static SourceFinder sources(Arguments given, FetchListener listener) {
        Path cache = defaultStore(given).resolveSibling("source");
        String text = String.join(";", given.values("--source-path"));
        return new SourceFinder(SourcePath.parse(text, cache), settings(given), listener);
    }

    /** Where files from servers are kept when the path names no store for them. */
    private static Path defaultStore(Arguments given) {
        String local = given.variable("LOCALAPPDATA");
        if (!local.isEmpty()) {
            return Path.of(local, "oriel", "symbols");
        }
        String cache = given.variable("XDG_CACHE_HOME");
        if (!cache.isEmpty()) {
            return Path.of(cache, "oriel", "symbols");
        }
        return Path.of(System.getProperty("user.home"), ".cache", "oriel", "symbols");
    }

    /** {@code https://server=token;https://other=X-Api-Key: value}. */
    private static List<Credentials> credentials(String text) {
        var all = new ArrayList<Credentials>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String server = part.substring(0, equals).strip();
                String secret = part.substring(equals + 1).strip();
                // No token has a blank in it: this is a header of its own.
                int colon = secret.indexOf(": ");
                all.add(
                        colon > 0
                                ? new Credentials(
                                        server,
                                        Map.of(
                                                secret.substring(0, colon),
                                                secret.substring(colon + 2).strip()))
                                : Credentials.bearer(server, secret));
            }
        }
        return all;
    }
}
