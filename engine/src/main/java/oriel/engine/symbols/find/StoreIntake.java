package oriel.engine.symbols.find;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.store.LocalStore;
import oriel.engine.symbols.store.StoreKey;
import oriel.format.breakpad.BreakpadModule;
import oriel.format.breakpad.BreakpadSymbols;
import oriel.format.pdb.Pdb;
import oriel.format.pe.PeImage;
import oriel.format.pe.SeparateDebugFile;
import oriel.model.PdbId;

/**
 * Puts images, PDBs, DBG and Breakpad files into a store, each under the key that identifies it.
 */
public final class StoreIntake {
    private final LocalStore store;
    private final boolean compress;

    /**
     * @param store where files go
     * @param compress whether they are kept as cabinets
     */
    public StoreIntake(LocalStore store, boolean compress) {
        this.store = store;
        this.compress = compress;
    }

    /**
     * Copies a file into the store.
     *
     * @return its key
     * @throws FormatException when it is of no kind that has a key
     * @throws IOException when it cannot be read, or the store not be written
     */
    public StoreKey add(Path file) throws IOException {
        Bytes bytes = Bytes.open(file);
        String name = String.valueOf(file.getFileName());
        StoreKey key =
                key(bytes, name)
                        .orElseThrow(() -> bytes.error(0, "its name cannot be in a symbol store"));
        if (compress) {
            store.compressIn(file, key);
        } else {
            store.copyIn(file, key);
        }
        return key;
    }

    private static Optional<StoreKey> key(Bytes bytes, String name) {
        if (BreakpadSymbols.looksLikeSymbols(bytes)) {
            BreakpadModule module = BreakpadSymbols.moduleOf(bytes);
            String pdb = module.name();
            String stem =
                    pdb.toLowerCase(Locale.ROOT).endsWith(".pdb")
                            ? pdb.substring(0, pdb.length() - 4)
                            : pdb;
            return StoreKey.of(StoreKey.Kind.BREAKPAD, pdb, module.id(), stem + ".sym");
        }
        if (PeImage.looksLikePe(bytes)) {
            PeImage image = PeImage.of(bytes);
            long size = image.optionalHeader().imageSizeBytes();
            String id = stamp(image.coffHeader().timestamp(), size);
            return StoreKey.of(StoreKey.Kind.IMAGE, name, id, name);
        }
        if (SeparateDebugFile.looksLikeDbg(bytes)) {
            SeparateDebugFile dbg = SeparateDebugFile.of(bytes);
            String id = stamp(dbg.timestamp(), dbg.imageSizeBytes());
            return StoreKey.of(StoreKey.Kind.DBG, name, id, name);
        }
        Pdb pdb = Pdb.open(bytes);
        return StoreKey.pdb(PdbId.rsds(name, pdb.info().guid(), pdb.imageAge()));
    }

    private static String stamp(long timestamp, long sizeBytes) {
        return String.format(Locale.ROOT, "%08X%x", timestamp, sizeBytes);
    }
}
