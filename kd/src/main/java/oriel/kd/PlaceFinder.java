package oriel.kd;

import java.util.OptionalLong;

/** Finds places that users name, in a stopped target as it is now. */
@FunctionalInterface
public interface PlaceFinder {
    /**
     * Where a place is.
     *
     * @param place as the user named it
     * @param image path of the image that has just come; empty when there may be several
     * @return empty as long as there is no such place
     */
    OptionalLong find(String place, String image);
}
