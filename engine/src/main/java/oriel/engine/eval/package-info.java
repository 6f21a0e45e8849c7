/** What users write for addresses and numbers: labels, and expressions as in WinDbg. */
@NullMarked
package oriel.engine.eval;

import org.jspecify.annotations.NullMarked;
