/** Finds the symbols of modules: by a symbol path, beside images, in the target itself. */
@NullMarked
package oriel.engine.symbols.find;

import org.jspecify.annotations.NullMarked;
