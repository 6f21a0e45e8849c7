package oriel.format.pe;

import java.util.Optional;

/**
 * How a level of the resource tree is called: by number or by name.
 *
 * @param number unsigned 31 bits; 0 when it is named
 * @param name when it is named
 */
public record ResourceId(int number, Optional<String> name) {
    @Override
    public String toString() {
        return name.orElse("#" + number);
    }
}
