package oriel.app.render;

import java.util.Optional;
import oriel.engine.code.FunctionNames;
import oriel.engine.disasm.CodeLabels;
import oriel.engine.symbols.Symbolizer;
import oriel.engine.symbols.find.ImportSlots;
import oriel.model.CodeLocation;
import oriel.model.LoadedModule;
import oriel.model.Symbol;
import oriel.model.Target;

/** Names in code: symbols, and the pointers to what modules import, as WinDbg shows them. */
public final class CodeNames implements CodeLabels, FunctionNames {
    private static final String IMPORT = "__imp_";

    /** KUSER_SHARED_DATA. */
    private static final long SHARED_USER_DATA = 0x7ffe0000L;

    private static final int PAGE = 0x1000;

    private final Target target;
    private final Symbolizer symbolizer;
    private final ImportSlots imports;

    /**
     * @param symbolizer of the target
     */
    public CodeNames(Target target, Symbolizer symbolizer) {
        this.target = target;
        this.symbolizer = symbolizer;
        this.imports = new ImportSlots(target);
    }

    @Override
    public boolean append(long va, StringBuilder out) {
        Optional<LoadedModule> module = target.moduleAt(va);
        if (module.isEmpty()) {
            return appendShared(va, out);
        }
        CodeLocation location = symbolizer.locate(va);
        Optional<Symbol> symbol = location.symbol();
        boolean exact = symbol.isPresent() && symbol.get().va() == va;
        Optional<String> slot = exact ? Optional.empty() : imports.nameAt(va);
        if (slot.isPresent()) {
            out.append(module.get().label()).append('!').append(slot.get());
        } else if (exact && symbol.get().name().startsWith(IMPORT)) {
            // debuggers leave out the first underscore of what the linker made up
            out.append(symbol.get().module())
                    .append('!')
                    .append(symbol.get().name(), 1, symbol.get().name().length());
        } else if (symbol.isPresent()) {
            out.append(location.label());
        }
        return slot.isPresent() || symbol.isPresent();
    }

    /** The page that every process and the kernel share, where system calls look. */
    private static boolean appendShared(long va, StringBuilder out) {
        long distance = va - SHARED_USER_DATA;
        boolean shared = distance >= 0 && distance < PAGE;
        if (shared) {
            out.append("SharedUserData");
            if (distance != 0) {
                out.append("+0x").append(Long.toHexString(distance));
            }
        }
        return shared;
    }

    @Override
    public Optional<String> nameAt(long va) {
        if (target.moduleAt(va).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name =
                symbolizer
                        .locate(va)
                        .symbol()
                        .filter(symbol -> symbol.va() == va)
                        .map(Symbol::name);
        return name.isPresent() ? name : imports.nameAt(va);
    }
}
