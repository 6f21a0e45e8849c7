package oriel.engine.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.Field;

/**
 * What was found about the kernel's image as {@link KernelSymbols}: names from any of it, types
 * from its PDB. The exports that are in memory have a few names, too.
 */
public final class SourcedKernelSymbols implements KernelSymbols {
    private final List<SymbolSource> sources;
    private final Optional<TypeSystem> types;
    private final long kernelBase;

    /** From the symbols of the kernel image, best first. */
    public SourcedKernelSymbols(List<SymbolSource> sources, long kernelBase) {
        this.sources = List.copyOf(sources);
        this.types =
                sources.stream()
                        .filter(PdbSymbolSource.class::isInstance)
                        .map(source -> new TypeSystem(((PdbSymbolSource) source).pdb()))
                        .findFirst();
        this.kernelBase = kernelBase;
    }

    @Override
    public OptionalLong address(String name) {
        for (SymbolSource source : sources) {
            for (RvaSymbol symbol : source.named(name)) {
                return OptionalLong.of(kernelBase + symbol.rva());
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong offset(String type, String member) {
        if (types.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong index = types.get().named(type);
        if (index.isPresent()) {
            for (Field field : types.get().fields(index.getAsLong())) {
                if (field instanceof Field.Member m && m.name().equals(member)) {
                    return OptionalLong.of(m.offset());
                }
            }
        }
        return OptionalLong.empty();
    }
}
