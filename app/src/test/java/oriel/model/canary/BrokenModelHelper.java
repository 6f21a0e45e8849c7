package oriel.model.canary;

import oriel.format.pe.PeImage;

/**
 * Breaks the rules for the model: knows a format, and has a bad name. Only the layer tests use it.
 */
public final class BrokenModelHelper {
    private BrokenModelHelper() {}

    /** Named like a bean's method. */
    public static int getNumber(PeImage image) {
        return image.sections().size();
    }
}
