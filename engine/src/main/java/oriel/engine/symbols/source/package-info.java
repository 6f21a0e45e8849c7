/** Where the source files that symbols name can be had. */
@NullMarked
package oriel.engine.symbols.source;

import org.jspecify.annotations.NullMarked;
