/**
 * Compares the decoders with other people's: llvm-objdump and GNU objdump over real images and over
 * random bytes. Each oracle sweeps the bytes in its own way; where an oracle starts an instruction,
 * Oriel decodes one at the same address, so no sweep has to be brought back into step.
 */
@NullMarked
package oriel.bench.oracle;

import org.jspecify.annotations.NullMarked;
