/** Checks of the shape of the code: layers, names, documents. */
@NullMarked
package oriel.app.architecture;

import org.jspecify.annotations.NullMarked;
