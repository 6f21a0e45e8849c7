/** Readable forms of the names that C++ and Rust compilers give to symbols. */
@NullMarked
package oriel.engine.demangle;

import org.jspecify.annotations.NullMarked;
