package oriel.engine.dump;

import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.PeImage;
import oriel.format.pe.PeImage.Layout;
import oriel.format.pe.VersionInfo;
import oriel.model.LoadedModule;
import oriel.model.ModuleVersion;

/**
 * Completes what a dump's list says about a module from the header of the image: in the dump's
 * memory, else in the image's file.
 */
final class ImageIdentity {
    private final SparseMemory memory;
    private final ImageFinder images;
    private final Problems problems;

    ImageIdentity(SparseMemory memory, ImageFinder images, Problems problems) {
        this.memory = memory;
        this.images = images;
        this.problems = problems;
    }

    /** The module with time stamp, checksum, version and PDB where they were missing. */
    LoadedModule complete(LoadedModule module) {
        Optional<PeImage> image = mapped(module);
        LoadedModule more = image.isPresent() ? with(module, image.get()) : module;
        if (more.pdb().isPresent() || more.timestamp() == 0) {
            return more;
        }
        return images.find(more).map(file -> with(more, file)).orElse(more);
    }

    private Optional<PeImage> mapped(LoadedModule module) {
        Bytes window = memory.window(module.base(), module.range().sizeBytes());
        if (!PeImage.looksLikePe(window)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PeImage.of(window, Layout.MAPPED, problem -> {}));
        } catch (FormatException e) {
            problems.add(module.name(), "header in memory: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a module's list and its image tell together. */
    static LoadedModule with(LoadedModule module, PeImage image) {
        boolean known = module.timestamp() != 0;
        return new LoadedModule(
                module.range(),
                module.path(),
                known ? module.timestamp() : image.coffHeader().timestamp(),
                known ? module.checksum() : image.optionalHeader().checksum(),
                module.version().or(() -> version(image)),
                module.pdb().or(image::pdb));
    }

    private static Optional<ModuleVersion> version(PeImage image) {
        return image.version().flatMap(VersionInfo::fixed).map(VersionInfo.Fixed::fileVersion);
    }
}
