/** Symbols, lines, inlined functions and frame data from PDB files. */
@NullMarked
package oriel.engine.symbols.pdb;

import org.jspecify.annotations.NullMarked;
