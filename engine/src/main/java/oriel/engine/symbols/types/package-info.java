/** The types of a PDB: found by name, laid out, printed as C++, and read out of memory. */
@NullMarked
package oriel.engine.symbols.types;

import org.jspecify.annotations.NullMarked;
