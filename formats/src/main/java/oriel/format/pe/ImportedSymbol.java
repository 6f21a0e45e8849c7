package oriel.format.pe;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One function or variable that an image imports.
 *
 * @param name when imported by name
 * @param ordinal when imported by number, unsigned 16 bits
 * @param hint where in the exporter's names the linker found it; 0 when imported by number
 * @param slotRva the pointer that the loader fills in
 */
public record ImportedSymbol(Optional<String> name, OptionalInt ordinal, int hint, long slotRva) {}
