/** The console of {@code oriel kernel}: joins the kernel protocol to the engine. */
@NullMarked
package oriel.app.kernel;

import org.jspecify.annotations.NullMarked;
