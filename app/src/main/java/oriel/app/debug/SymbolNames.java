package oriel.app.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import oriel.engine.session.Stop;
import oriel.engine.symbols.SymbolSource;
import oriel.model.LoadedModule;
import oriel.model.Wildcards;

/** Names of functions that match a pattern, symbols and exports alike. */
final class SymbolNames {
    private static final int MOST = 10_000;

    private SymbolNames() {}

    static List<String> matching(Stop stop, String modulePattern, String pattern) {
        var names = new TreeSet<String>();
        for (LoadedModule module : stop.modules()) {
            boolean wanted =
                    Wildcards.match(modulePattern, module.label())
                            || Wildcards.match(modulePattern, module.name());
            if (!wanted) {
                continue;
            }
            for (SymbolSource source : stop.symbolizer().sources(module)) {
                source.forEach(
                        symbol -> {
                            if (names.size() < MOST && Wildcards.match(pattern, symbol.name())) {
                                names.add(module.label() + "!" + symbol.name());
                            }
                        });
            }
        }
        return new ArrayList<>(names);
    }
}
