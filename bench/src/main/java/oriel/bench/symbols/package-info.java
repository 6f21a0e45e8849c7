/**
 * Compares symbols with other people's: records of PDB files with llvm-pdbutil, answers about
 * addresses with llvm-symbolizer. What differs is either foretold by a rule of the other tool that
 * is written down here, or counts against Oriel.
 */
@NullMarked
package oriel.bench.symbols;

import org.jspecify.annotations.NullMarked;
