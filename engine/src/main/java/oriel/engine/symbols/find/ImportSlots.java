package oriel.engine.symbols.find;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import oriel.format.pe.ImportedModule;
import oriel.format.pe.ImportedSymbol;
import oriel.format.pe.PeImage;
import oriel.model.Architecture;
import oriel.model.LoadedModule;
import oriel.model.Target;

/**
 * Names the pointers through which modules call each other, as linkers name them: {@code
 * _imp_CreateFileW}, on x86 {@code _imp__CreateFileW}. Reads the imports of a module when an
 * address in it is first asked for. Safe for any thread.
 */
public final class ImportSlots {
    private final Target target;
    private final Map<LoadedModule, Map<Long, String>> modules = new ConcurrentHashMap<>();

    /**
     * @param target whose modules are looked into
     */
    public ImportSlots(Target target) {
        this.target = target;
    }

    /** The name of the pointer that lies exactly at an address, without its module. */
    public Optional<String> nameAt(long va) {
        Optional<LoadedModule> module = target.moduleAt(va);
        return module.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(
                        modules.computeIfAbsent(module.get(), this::read)
                                .get(va - module.get().base()));
    }

    private Map<Long, String> read(LoadedModule module) {
        Optional<PeImage> image = ModuleImage.withImports(module, target.memory());
        var names = new HashMap<Long, String>();
        if (image.isPresent()) {
            add(image.get().imports(), names);
            add(image.get().delayImports(), names);
        }
        return names;
    }

    private void add(List<ImportedModule> imports, Map<Long, String> names) {
        String prefix = target.architecture() == Architecture.X86 ? "_imp__" : "_imp_";
        for (ImportedModule from : imports) {
            for (ImportedSymbol symbol : from.symbols()) {
                if (symbol.name().isPresent()) {
                    names.put(symbol.slotRva(), prefix.concat(symbol.name().get()));
                } else if (symbol.ordinal().isPresent()) {
                    String name = prefix + "Ordinal" + symbol.ordinal().getAsInt();
                    names.put(symbol.slotRva(), name);
                }
            }
        }
    }
}
