package oriel.engine.symbols.find;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.engine.symbols.ImageSource;
import oriel.engine.symbols.SymbolLocator;
import oriel.format.pe.DataDirectory;
import oriel.format.pe.DirectoryKind;
import oriel.format.pe.PeImage;
import oriel.format.pe.Section;
import oriel.model.LoadedModule;
import oriel.model.Memory;

/** Reads the image of a module as it is mapped in a target, as far as names need it. */
public final class ModuleImage {
    private static final int HEADER = 0x1000;

    /** Export directories further into an image than this are not looked at. */
    private static final long FARTHEST = 64L << 20;

    /** Finds the names that images in memory tell themselves: exports. */
    public static final SymbolLocator EXPORTS =
            (module, memory) ->
                    read(module, memory)
                            .map(image -> ImageSource.of(image, module.name() + " in memory"))
                            .orElse(List.of());

    private ModuleImage() {}

    /**
     * The image with its headers and export directory; other parts read as zeros. Empty when the
     * target does not have them.
     */
    public static Optional<PeImage> read(LoadedModule module, Memory memory) {
        byte[] header = memory.readUpTo(module.base(), HEADER);
        try {
            PeImage image = mapped(header, module);
            DataDirectory exports = image.directory(DirectoryKind.EXPORT);
            long end = exports.rva() + exports.sizeBytes();
            if (!exports.isPresent() || end > Math.min(FARTHEST, module.range().sizeBytes())) {
                return Optional.empty();
            }
            var parts = new byte[(int) Math.max(end, header.length)];
            System.arraycopy(header, 0, parts, 0, header.length);
            int start = (int) exports.rva();
            int got = memory.read(module.base() + start, parts, start, (int) end - start);
            return got == 0 ? Optional.empty() : Optional.of(mapped(parts, module));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The image with its headers and the sections that hold its imports; other parts read as zeros.
     * Empty when the target does not have them.
     */
    static Optional<PeImage> withImports(LoadedModule module, Memory memory) {
        byte[] parts = memory.readUpTo(module.base(), HEADER);
        try {
            PeImage headers = mapped(parts, module);
            long most = Math.min(FARTHEST, module.range().sizeBytes());
            for (var kind :
                    new DirectoryKind[] {DirectoryKind.IMPORT, DirectoryKind.DELAY_IMPORT}) {
                Optional<Section> section = headers.sectionAt(headers.directory(kind).rva());
                if (section.isPresent()) {
                    parts = with(section.get(), parts, most, module, memory);
                }
            }
            return Optional.of(mapped(parts, module));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] with(
            Section section, byte[] parts, long most, LoadedModule module, Memory memory) {
        long start = section.rva();
        long size = section.virtualSizeBytes();
        long end = start + (size != 0 ? size : section.rawSizeBytes());
        byte[] none = new byte[1];
        if (start < HEADER || end > most || memory.read(module.base() + start, none, 0, 1) == 0) {
            return parts;
        }
        byte[] more = Arrays.copyOf(parts, (int) Math.max(end, parts.length));
        memory.read(module.base() + start, more, (int) start, (int) (end - start));
        return more;
    }

    /** The image with its headers only; empty when the target does not have them. */
    public static Optional<PeImage> headers(LoadedModule module, Memory memory) {
        try {
            return Optional.of(mapped(memory.readUpTo(module.base(), HEADER), module));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private static PeImage mapped(byte[] bytes, LoadedModule module) {
        return PeImage.of(Bytes.of(bytes, module.name()), PeImage.Layout.MAPPED, problem -> {});
    }
}
