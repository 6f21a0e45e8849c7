package oriel.engine.symbols.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A symbol path as {@code _NT_SYMBOL_PATH} has it: elements separated by semicolons, each a
 * directory, {@code srv*store*store*server}, {@code symsrv*dll*store*server} or {@code
 * cache*directory}, which keeps copies of what the elements after it find. Grammar from "Symbol
 * path for Windows debuggers" of the Windows debugger documentation.
 *
 * @param elements in the order in which they are asked
 */
public record SymbolPath(List<Element> elements) {
    /** Nothing is asked. */
    public static final SymbolPath EMPTY = new SymbolPath(List.of());

    /** Copies the list. */
    public SymbolPath {
        elements = List.copyOf(elements);
    }

    /** A part of a path. */
    public sealed interface Element {}

    /** A directory in which files lie flat or in store layout. */
    public record Directory(Path root) implements Element {}

    /**
     * Stores from the nearest to the origin; what is found further on is copied into all before.
     *
     * @param caches local stores that keep copies
     * @param origin the store that is asked last; empty when the last cache is itself the origin
     */
    public record Chain(List<Path> caches, Optional<URI> origin) implements Element {
        /** Copies the list. */
        public Chain {
            caches = List.copyOf(caches);
        }
    }

    /** Whether any element is a server. */
    public boolean hasServers() {
        for (Element element : elements) {
            if (element instanceof Chain chain && chain.origin().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** This path with more elements behind it. */
    public SymbolPath with(List<Element> more) {
        var all = new ArrayList<>(elements);
        all.addAll(more);
        return new SymbolPath(all);
    }

    /**
     * Reads a path. Parts that cannot be understood are directories that do not exist.
     *
     * @param text as a user writes it; may be empty
     * @param defaultStore the local store for {@code srv*url}, {@code srv**url} and {@code cache*}
     */
    public static SymbolPath parse(String text, Path defaultStore) {
        var elements = new ArrayList<Element>();
        Optional<Path> cache = Optional.empty();
        for (String part : text.split(";")) {
            String element = part.strip();
            String lower = element.toLowerCase(Locale.ROOT);
            if (element.isEmpty()) {
                continue;
            }
            if (lower.startsWith("cache*")) {
                String directory = element.substring("cache*".length());
                cache = directory.isEmpty() ? Optional.of(defaultStore) : path(directory);
            } else if (lower.startsWith("srv*")) {
                chain(element.substring("srv*".length()), cache, defaultStore, elements);
            } else if (lower.startsWith("symsrv*")) {
                String rest = element.substring("symsrv*".length());
                int dll = rest.indexOf('*');
                chain(dll < 0 ? "" : rest.substring(dll + 1), cache, defaultStore, elements);
            } else if (isRemote(element)) {
                chain(element, cache, defaultStore, elements);
            } else {
                path(element).map(Directory::new).ifPresent(elements::add);
            }
        }
        return new SymbolPath(elements);
    }

    private static void chain(
            String text, Optional<Path> cache, Path defaultStore, List<Element> into) {
        var caches = new ArrayList<Path>();
        cache.ifPresent(caches::add);
        Optional<URI> origin = Optional.empty();
        for (String store : text.split("\\*", -1)) {
            String name = store.strip();
            if (isRemote(name)) {
                origin = uri(name);
                break;
            }
            Optional<Path> path = name.isEmpty() ? Optional.of(defaultStore) : path(name);
            path.filter(p -> !caches.contains(p)).ifPresent(caches::add);
        }
        if (origin.isPresent() && caches.isEmpty()) {
            caches.add(defaultStore);
        }
        if (origin.isPresent() || !text.isEmpty()) {
            into.add(new Chain(caches, origin));
        }
    }

    private static boolean isRemote(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
