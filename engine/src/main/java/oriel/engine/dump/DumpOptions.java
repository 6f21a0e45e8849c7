package oriel.engine.dump;

import java.nio.file.Path;
import java.util.List;

/**
 * How a dump is to be shown.
 *
 * @param imagePath folders in which images are looked for when the dump lacks their bytes, beside
 *     the dump's own folder: {@code folder/name} or, as symbol servers arrange them, {@code
 *     folder/name/key/name}
 * @param nativeSide show the 64-bit side of a WOW64 process instead of the program's 32-bit one
 */
public record DumpOptions(List<Path> imagePath, boolean nativeSide) {
    /** No image path, the program's own side. */
    public static final DumpOptions DEFAULT = new DumpOptions(List.of(), false);

    /** Copies the list. */
    public DumpOptions {
        imagePath = List.copyOf(imagePath);
    }

    /** The same with other folders of images. */
    public DumpOptions withImagePath(List<Path> folders) {
        return new DumpOptions(folders, nativeSide);
    }

    /** The same with the other side of a WOW64 process. */
    public DumpOptions withNativeSide(boolean shown) {
        return new DumpOptions(imagePath, shown);
    }
}
