package oriel.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.bytes.Bytes;
import oriel.bytes.FormatException;
import oriel.format.pe.PeImage;
import oriel.model.PdbId;

/**
 * The image that a PDB belongs to, when it lies beside it or in {@code --image-path}.
 *
 * @param name of its file
 */
record ImageOfPdb(PeImage image, String name) {
    private static final List<String> EXTENSIONS = List.of(".exe", ".dll", ".sys", ".node");

    /** Looks for an image of the same name that records the id of the PDB. */
    static Optional<ImageOfPdb> find(Path pdb, PdbId id, Arguments given) {
        String name = String.valueOf(pdb.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        var directories = new ArrayList<>(TargetInput.directories(given.values("--image-path")));
        Path beside = pdb.toAbsolutePath().getParent();
        if (beside != null) {
            directories.add(beside);
        }
        for (Path directory : directories) {
            for (String extension : EXTENSIONS) {
                Optional<ImageOfPdb> found = open(directory.resolve(stem + extension), id);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ImageOfPdb> open(Path file, PdbId id) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            PeImage image = PeImage.of(Bytes.open(file));
            return image.pdb().filter(p -> p.key().equals(id.key())).isPresent()
                    ? Optional.of(new ImageOfPdb(image, String.valueOf(file.getFileName())))
                    : Optional.empty();
        } catch (IOException | FormatException e) {
            // Something else of that name.
            return Optional.empty();
        }
    }

    /** Time stamp and size, as symbol stores have them. */
    String key() {
        return String.format(
                Locale.ROOT,
                "%08X%x",
                image.coffHeader().timestamp(),
                image.optionalHeader().imageSizeBytes());
    }
}
