package oriel.format.pe;

import java.util.Optional;

/**
 * An exported address or forwarder.
 *
 * @param ordinal the number it is exported by, base included
 * @param name empty when it is exported by number only
 * @param rva of the code or data; of the forwarder text for forwarders
 * @param forwarder {@code DLL.Name} or {@code DLL.#12} when the export lives elsewhere
 */
public record Export(long ordinal, Optional<String> name, long rva, Optional<String> forwarder) {}
