package oriel.app.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.find.SymbolPathLocator;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/**
 * Where a console looks for symbols, which its user may change. Safe for any thread; those that
 * were found on earlier paths stay open until the end, because they are still in use.
 */
public final class SymbolPlaces implements SymbolLocator, AutoCloseable {
    private final Function<String, SymbolPathLocator> maker;
    private final List<SymbolPathLocator> all = new ArrayList<>();
    private volatile SymbolPathLocator now;
    private volatile String path;

    /**
     * @param path in the manner of WinDbg
     * @param maker makes what looks on a path; throws IllegalArgumentException for a wrong one
     */
    public SymbolPlaces(String path, Function<String, SymbolPathLocator> maker) {
        this.maker = maker;
        this.path = path;
        this.now = maker.apply(path);
        all.add(now);
    }

    /** The path. */
    public String path() {
        return path;
    }

    /** Looks elsewhere from now on. */
    public synchronized void path(String wanted) {
        SymbolPathLocator made = maker.apply(wanted);
        all.add(made);
        now = made;
        path = wanted;
    }

    @Override
    public boolean mayWait() {
        return now.mayWait();
    }

    @Override
    public List<SymbolSource> locate(LoadedModule module, Memory memory) {
        return now.locate(module, memory);
    }

    @Override
    public Optional<Path> image(LoadedModule module) {
        return now.image(module);
    }

    @Override
    public synchronized void close() {
        all.forEach(SymbolPathLocator::close);
    }
}
