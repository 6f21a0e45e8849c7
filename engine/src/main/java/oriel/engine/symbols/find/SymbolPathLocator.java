package oriel.engine.symbols.find;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.BreakpadSource;
import oriel.engine.symbols.DbgSource;
import oriel.engine.symbols.DwarfSource;
import oriel.engine.symbols.ImageSource;
import oriel.engine.symbols.SymbolLocator;
import oriel.engine.symbols.SymbolSource;
import oriel.engine.symbols.pdb.PdbSymbolSource;
import oriel.engine.symbols.store.FetchListener;
import oriel.engine.symbols.store.ServerSettings;
import oriel.engine.symbols.store.StoreKey;
import oriel.engine.symbols.store.SymbolAttempt;
import oriel.engine.symbols.store.SymbolAttempt.Outcome;
import oriel.engine.symbols.store.SymbolFinder;
import oriel.engine.symbols.store.SymbolPath;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pe.PeImage;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.LoadedModule;
import oriel.model.Memory;
import oriel.model.PdbId;

/**
 * Finds the symbols of modules along a symbol path and in the directories of images: the PDB, else
 * Breakpad symbols, and what the image itself has (COFF symbols, exports), be it a file or in the
 * memory of the target. Files of another build are passed over. Safe for any thread.
 */
public final class SymbolPathLocator implements SymbolLocator, AutoCloseable {
    private final SymbolFinder symbols;
    private final SymbolFinder images;
    private final FetchListener listener;
    private final boolean asksServers;

    /**
     * @param path where symbols and images are looked for
     * @param imageDirectories where images may lie (beside the dump, {@code --image-path}); symbols
     *     beside them count too and come first
     * @param settings how to ask servers
     * @param listener is told of every place asked and of transfers
     */
    public SymbolPathLocator(
            SymbolPath path,
            List<Path> imageDirectories,
            ServerSettings settings,
            FetchListener listener) {
        var beside = new ArrayList<SymbolPath.Element>();
        imageDirectories.forEach(d -> beside.add(new SymbolPath.Directory(d)));
        SymbolPath local = new SymbolPath(beside);
        this.symbols = new SymbolFinder(local.with(path.elements()), settings, listener);
        this.images = new SymbolFinder(local, settings, listener);
        this.listener = listener;
        this.asksServers = !settings.offline() && path.hasServers();
    }

    @Override
    public List<SymbolSource> locate(LoadedModule module, Memory memory) {
        var sources = new ArrayList<SymbolSource>();
        Optional<StoreKey> key = StoreKey.image(module);
        Optional<ImageFile> file =
                key.flatMap(k -> images.find(k, IdentityChecks.image(module)))
                        .flatMap(this::openImage);
        module.pdb()
                .or(() -> file.flatMap(f -> f.image.pdb()))
                .flatMap(this::debugSymbols)
                .ifPresent(sources::add);
        if (sources.isEmpty()) {
            strippedSymbols(module, file.map(f -> f.image), memory).ifPresent(sources::add);
        }
        file.ifPresent(f -> f.addTo(sources));
        if (file.isEmpty()) {
            sources.addAll(ModuleImage.EXPORTS.locate(module, memory));
        }
        if (sources.isEmpty() && file.isEmpty()) {
            image(module).flatMap(this::openImage).ifPresent(f -> fromImage(module, f, sources));
        }
        return sources;
    }

    @Override
    public boolean mayWait() {
        return asksServers;
    }

    /** Small kernel dumps tell images, but not their PDBs: those are told by the images. */
    private void fromImage(LoadedModule module, ImageFile file, List<SymbolSource> sources) {
        if (module.pdb().isEmpty()) {
            file.image.pdb().flatMap(this::debugSymbols).ifPresent(sources::add);
        }
        file.addTo(sources);
    }

    @Override
    public Optional<Path> image(LoadedModule module) {
        return StoreKey.image(module)
                .flatMap(key -> symbols.find(key, IdentityChecks.image(module)));
    }

    /** Ends connections that stand idle. */
    @Override
    public void close() {
        symbols.close();
        images.close();
    }

    private Optional<SymbolSource> debugSymbols(PdbId id) {
        Optional<StoreKey> pdb = StoreKey.pdb(id);
        Optional<SymbolSource> source =
                pdb.flatMap(key -> symbols.find(key, IdentityChecks.pdb(id)))
                        .flatMap(file -> open(file, pdb.get()));
        if (source.isPresent()) {
            return source;
        }
        Optional<StoreKey> breakpad = StoreKey.breakpad(id);
        return breakpad.flatMap(key -> symbols.find(key, IdentityChecks.breakpad(id)))
                .flatMap(file -> open(file, breakpad.get()));
    }

    /** The DBG file of an image from before there were PDB files, or the PDB that it names. */
    private Optional<SymbolSource> strippedSymbols(
            LoadedModule module, Optional<PeImage> file, Memory memory) {
        Optional<PeImage> image = file.or(() -> ModuleImage.headers(module, memory));
        if (image.isPresent() ? !isStripped(image.get()) : module.pdb().isPresent()) {
            return Optional.empty();
        }
        String name =
                image.flatMap(SymbolPathLocator::dbgName).orElseGet(() -> module.label() + ".dbg");
        Optional<DbgSource> dbg =
                StoreKey.dbg(module, name)
                        .flatMap(key -> symbols.find(key, IdentityChecks.dbg(module)))
                        .flatMap(this::openDbg);
        Optional<SymbolSource> pdb = dbg.flatMap(DbgSource::pdb).flatMap(this::debugSymbols);
        return pdb.isPresent() ? pdb : dbg.map(found -> found);
    }

    private static boolean isStripped(PeImage image) {
        return image.coffHeader().isDebugStripped() || dbgName(image).isPresent();
    }

    /** The name that the linker left in the debug directory (IMAGE_DEBUG_MISC). */
    private static Optional<String> dbgName(PeImage image) {
        return image.debugEntries().stream()
                .flatMap(entry -> entry.miscName().stream())
                .map(LoadedModule::baseName)
                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".dbg"))
                .findFirst();
    }

    private Optional<DbgSource> openDbg(Path file) {
        try {
            SeparateDebugFile dbg = SeparateDebugFile.of(Bytes.open(file));
            return Optional.of(new DbgSource(dbg, file.toString()));
        } catch (IOException | FormatException e) {
            // It could be read when it was checked a moment ago.
            return Optional.empty();
        }
    }

    private Optional<SymbolSource> open(Path file, StoreKey key) {
        try {
            Bytes bytes = Bytes.open(file);
            return Optional.of(
                    BreakpadSymbols.looksLikeSymbols(bytes)
                            ? new BreakpadSource(BreakpadSymbols.read(bytes), file.toString())
                            : PdbSymbolSource.open(file));
        } catch (IOException | FormatException e) {
            damaged(key, file, e);
            return Optional.empty();
        }
    }

    private Optional<ImageFile> openImage(Path file) {
        try {
            Bytes bytes = Bytes.open(file);
            return Optional.of(new ImageFile(PeImage.of(bytes), bytes, file.toString()));
        } catch (IOException | FormatException e) {
            // It could be read when it was checked a moment ago.
            return Optional.empty();
        }
    }

    /** An image that was found, with its bytes: debug information is not mapped. */
    private record ImageFile(PeImage image, Bytes bytes, String origin) {
        void addTo(List<SymbolSource> sources) {
            DwarfSource.of(image, bytes, origin).ifPresent(sources::add);
            sources.addAll(ImageSource.of(image, origin));
        }
    }

    private void damaged(StoreKey key, Path file, Exception problem) {
        listener.attempt(
                new SymbolAttempt(
                        key.path(),
                        file.toString(),
                        Outcome.DAMAGED,
                        String.valueOf(problem.getMessage())));
    }
}
