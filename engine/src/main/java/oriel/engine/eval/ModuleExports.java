package oriel.engine.eval;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import oriel.engine.symbols.find.ModuleImage;
import oriel.format.pe.Export;
import oriel.format.pe.ExportTable;
import oriel.format.pe.PeImage;
import oriel.model.LoadedModule;
import oriel.model.Target;

/** Exports and entry points of modules as they are mapped; forwarders lead on to other modules. */
final class ModuleExports {
    /** No chain of forwarders of Windows is longer than three. */
    private static final int MOST_FORWARDERS = 8;

    private final Target target;
    private final Map<LoadedModule, Optional<PeImage>> images = new ConcurrentHashMap<>();

    ModuleExports(Target target) {
        this.target = target;
    }

    OptionalLong byName(LoadedModule module, String name) {
        return find(module, e -> e.name().filter(name::equals).isPresent(), 0);
    }

    OptionalLong byOrdinal(LoadedModule module, long ordinal) {
        return find(module, e -> e.ordinal() == ordinal, 0);
    }

    /** Where the module begins to run; empty when it has no code of its own to begin with. */
    OptionalLong entryPoint(LoadedModule module) {
        Optional<PeImage> headers = ModuleImage.headers(module, target.memory());
        long rva = headers.map(i -> i.optionalHeader().entryPointRva()).orElse(0L);
        return rva == 0 ? OptionalLong.empty() : OptionalLong.of(module.base() + rva);
    }

    private OptionalLong find(LoadedModule module, Predicate<Export> wanted, int forwarders) {
        Optional<ExportTable> table = image(module).flatMap(PeImage::exports);
        if (table.isEmpty() || forwarders > MOST_FORWARDERS) {
            return OptionalLong.empty();
        }
        for (Export export : table.get().all()) {
            if (wanted.test(export)) {
                return export.forwarder().isPresent()
                        ? forwarded(export.forwarder().get(), forwarders + 1)
                        : OptionalLong.of(module.base() + export.rva());
            }
        }
        return OptionalLong.empty();
    }

    /** {@code NTDLL.RtlAllocateHeap} or {@code NTDLL.#12}. */
    private OptionalLong forwarded(String text, int forwarders) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0 || dot == text.length() - 1) {
            return OptionalLong.empty();
        }
        String label = text.substring(0, dot);
        String name = text.substring(dot + 1);
        OptionalLong ordinal =
                name.startsWith("#") ? LabelNumber.parse(name.substring(1)) : OptionalLong.empty();
        Predicate<Export> wanted =
                ordinal.isPresent()
                        ? e -> e.ordinal() == ordinal.getAsLong()
                        : e -> e.name().filter(name::equals).isPresent();
        for (LoadedModule module : target.modules()) {
            if (module.label().equalsIgnoreCase(label)) {
                return find(module, wanted, forwarders);
            }
        }
        return OptionalLong.empty();
    }

    private Optional<PeImage> image(LoadedModule module) {
        return images.computeIfAbsent(module, m -> ModuleImage.read(m, target.memory()));
    }
}
