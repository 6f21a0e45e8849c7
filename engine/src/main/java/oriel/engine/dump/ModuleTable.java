package oriel.engine.dump;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oriel.model.LoadedModule;

/** Modules with a quick way from an address to the module. Immutable. */
final class ModuleTable {
    private final List<LoadedModule> list;
    private final LoadedModule[] byStart;

    ModuleTable(List<LoadedModule> modules) {
        list = List.copyOf(modules);
        byStart = list.toArray(LoadedModule[]::new);
        Arrays.sort(byStart, (a, b) -> a.range().compareTo(b.range()));
    }

    /** In the order of the dump. */
    List<LoadedModule> list() {
        return list;
    }

    /**
     * The module that holds an address. Where modules overlap, which only a damaged dump shows, the
     * one that begins nearest below.
     */
    Optional<LoadedModule> at(long va) {
        int low = 0;
        int high = byStart.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(byStart[middle].base(), va) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        for (int i = high; i >= 0 && i > high - 4; i--) {
            if (byStart[i].range().contains(va)) {
                return Optional.of(byStart[i]);
            }
        }
        return Optional.empty();
    }
}
