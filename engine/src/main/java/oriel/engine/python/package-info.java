/**
 * A CPython inside any target, live or dumped: its threads, frames and objects, read without
 * symbols. Versions 3.11 and newer.
 */
@NullMarked
package oriel.engine.python;

import org.jspecify.annotations.NullMarked;
