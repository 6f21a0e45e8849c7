/** Decoders of machine code behind one interface. */
@NullMarked
package oriel.engine.disasm;

import org.jspecify.annotations.NullMarked;
