package oriel.engine.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import oriel.engine.symbols.RvaSymbol;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.types.TypeSystem;
import oriel.format.pdb.Field;

/** The kernel's PDB as {@link KernelSymbols}. */
public final class PdbKernelSymbols implements KernelSymbols {
    private final PdbSymbolSource source;
    private final TypeSystem types;
    private final long kernelBase;

    private PdbKernelSymbols(PdbSymbolSource source, long kernelBase) {
        this.source = source;
        this.types = new TypeSystem(source.pdb());
        this.kernelBase = kernelBase;
    }

    /** The first PDB among the symbols of the kernel image; empty without one. */
    public static Optional<KernelSymbols> of(List<SymbolSource> sources, long kernelBase) {
        for (SymbolSource candidate : sources) {
            if (candidate instanceof PdbSymbolSource pdb) {
                return Optional.of(new PdbKernelSymbols(pdb, kernelBase));
            }
        }
        return Optional.empty();
    }

    @Override
    public OptionalLong address(String name) {
        for (RvaSymbol symbol : source.named(name)) {
            return OptionalLong.of(kernelBase + symbol.rva());
        }
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong offset(String type, String member) {
        OptionalLong index = types.named(type);
        if (index.isPresent()) {
            for (Field field : types.fields(index.getAsLong())) {
                if (field instanceof Field.Member m && m.name().equals(member)) {
                    return OptionalLong.of(m.offset());
                }
            }
        }
        return OptionalLong.empty();
    }
}
