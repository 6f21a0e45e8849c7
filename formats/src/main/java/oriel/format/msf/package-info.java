/** Multi-stream files, the container of PDBs: MSF 7.00 and its compressed form MSFZ. */
@NullMarked
package oriel.format.msf;

import org.jspecify.annotations.NullMarked;
