package oriel.engine.dump;

import java.nio.file.Path;
import java.util.List;
import oriel.engine.symbols.SymbolLocator;

/**
 * How a dump is to be shown.
 *
 * @param imagePath folders in which images are looked for when the dump lacks their bytes, beside
 *     the dump's own folder: {@code folder/name} or, as symbol servers arrange them, {@code
 *     folder/name/key/name}
 * @param nativeSide show the 64-bit side of a WOW64 process instead of the program's 32-bit one
 * @param symbols where those of the kernel are looked for in a kernel dump, to find what memory
 *     alone does not tell
 */
public record DumpOptions(List<Path> imagePath, boolean nativeSide, SymbolLocator symbols) {
    /** No image path, the program's own side, no symbols. */
    public static final DumpOptions DEFAULT = new DumpOptions(List.of(), false, SymbolLocator.NONE);

    /** Copies the list. */
    public DumpOptions {
        imagePath = List.copyOf(imagePath);
    }

    /** The same with other folders of images. */
    public DumpOptions withImagePath(List<Path> folders) {
        return new DumpOptions(folders, nativeSide, symbols);
    }

    /** The same with the other side of a WOW64 process. */
    public DumpOptions withNativeSide(boolean shown) {
        return new DumpOptions(imagePath, shown, symbols);
    }

    /** The same with symbols. */
    public DumpOptions withSymbols(SymbolLocator locator) {
        return new DumpOptions(imagePath, nativeSide, locator);
    }
}
