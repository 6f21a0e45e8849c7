package oriel.engine.unwind;

import java.io.IOException;
import java.nio.file.Path;
import oriel.bytes.Bytes;
import oriel.format.pe.PeImage;
import oriel.model.AddressRange;
import oriel.testkit.SyntheticTarget;

/** Maps image files into synthetic targets, as the loader would. */
final class MappedImage {
    private MappedImage() {}

    /** Adds a file as a module with its memory. */
    static PeImage map(SyntheticTarget target, Path file, long base) throws IOException {
        PeImage image = PeImage.of(Bytes.open(file));
        long size = image.optionalHeader().imageSizeBytes();
        target.module(file.toString(), base, size);
        target.memory(
                new AddressRange(base, size),
                (va, into, offset, length) -> image.read(va - base, into, offset, length));
        return image;
    }
}
