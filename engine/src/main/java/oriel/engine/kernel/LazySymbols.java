package oriel.engine.kernel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import oriel.model.AddressRange;
import oriel.model.LoadedModule;

/** Symbols of the kernel that are looked for when they are first asked. Safe for any thread. */
final class LazySymbols implements KernelSymbols {
    private final Function<LoadedModule, KernelSymbols> finder;
    private final Optional<LoadedModule> kernel;
    private @Nullable KernelSymbols found;

    LazySymbols(
            Function<LoadedModule, KernelSymbols> finder,
            Optional<AddressRange> image,
            List<LoadedModule> modules) {
        this.finder = finder;
        this.kernel =
                image.flatMap(
                        range ->
                                modules.stream()
                                        .filter(m -> m.base() == range.start())
                                        .findFirst());
    }

    private synchronized KernelSymbols symbols() {
        if (found == null) {
            found = kernel.isPresent() ? finder.apply(kernel.get()) : NONE;
        }
        return found;
    }

    @Override
    public OptionalLong address(String name) {
        return symbols().address(name);
    }

    @Override
    public OptionalLong offset(String type, String member) {
        return symbols().offset(type, member);
    }
}
