package oriel.engine.symbols;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.StoreKey;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;
import oriel.engine.symbols.store.SymbolDirectory;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.PeImage;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;

/**
 * Finds symbols in directories: Breakpad files, images with exports or COFF symbols; and in the
 * image within the target. Files of another build are passed over. Safe for any thread if the
 * listener is.
 */
public final class FileSymbolLocator implements SymbolLocator {
    private final List<SymbolDirectory> symbolDirectories;
    private final List<SymbolDirectory> imageDirectories;
    private final Consumer<SymbolAttempt> attempts;

    /**
     * @param symbolDirectories where symbols may lie, asked in order
     * @param imageDirectories where images may lie, asked in order; symbols beside them count too
     * @param attempts is told of every place that was looked at
     */
    public FileSymbolLocator(
            List<Path> symbolDirectories,
            List<Path> imageDirectories,
            Consumer<SymbolAttempt> attempts) {
        this.imageDirectories = imageDirectories.stream().map(SymbolDirectory::new).toList();
        var all = new ArrayList<SymbolDirectory>();
        symbolDirectories.forEach(d -> all.add(new SymbolDirectory(d)));
        all.addAll(this.imageDirectories);
        this.symbolDirectories = List.copyOf(all);
        this.attempts = attempts;
    }

    @Override
    public List<SymbolSource> locate(LoadedModule module, Memory memory) {
        var sources = new ArrayList<SymbolSource>();
        module.pdb().flatMap(this::breakpad).ifPresent(sources::add);
        Optional<PeImage> file = image(module);
        file.ifPresent(image -> sources.addAll(ImageSource.of(image, module.name())));
        if (file.isEmpty()) {
            oriel.engine.symbols.find.ModuleImage.read(module, memory)
                    .ifPresent(
                            image ->
                                    sources.addAll(
                                            ImageSource.of(image, module.name() + " in memory")));
        }
        return sources;
    }

    private Optional<SymbolSource> breakpad(PdbId id) {
        Optional<StoreKey> key = StoreKey.breakpad(id);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        for (SymbolDirectory directory : symbolDirectories) {
            for (Path file : candidates(directory, key.get())) {
                try {
                    BreakpadSymbols symbols = BreakpadSymbols.read(Bytes.open(file));
                    if (symbols.module().id().equalsIgnoreCase(id.key())) {
                        tell(key.get(), file, Outcome.FOUND, "");
                        return Optional.of(new BreakpadSource(symbols, file.toString()));
                    }
                    tell(key.get(), file, Outcome.MISMATCH, "is for " + symbols.module().id());
                } catch (IOException | FormatException e) {
                    tell(key.get(), file, Outcome.DAMAGED, String.valueOf(e.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<PeImage> image(LoadedModule module) {
        Optional<StoreKey> key = StoreKey.image(module);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        for (SymbolDirectory directory : imageDirectories) {
            for (Path file : candidates(directory, key.get())) {
                try {
                    PeImage image = PeImage.of(Bytes.open(file));
                    long timestamp = image.coffHeader().timestamp();
                    long size = image.optionalHeader().imageSizeBytes();
                    if (timestamp == module.timestamp() && size == module.range().sizeBytes()) {
                        tell(key.get(), file, Outcome.FOUND, "");
                        return Optional.of(image);
                    }
                    tell(
                            key.get(),
                            file,
                            Outcome.MISMATCH,
                            "has time stamp "
                                    + Long.toHexString(timestamp)
                                    + " and size "
                                    + Long.toHexString(size));
                } catch (IOException | FormatException e) {
                    tell(key.get(), file, Outcome.DAMAGED, String.valueOf(e.getMessage()));
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> candidates(SymbolDirectory directory, StoreKey key) {
        List<Path> found = directory.candidates(key);
        if (found.isEmpty()) {
            tell(key, directory.root(), Outcome.ABSENT, "");
        }
        return found;
    }

    private void tell(StoreKey key, Path place, Outcome outcome, String detail) {
        attempts.accept(new SymbolAttempt(key.path(), place.toString(), outcome, detail));
    }
}
