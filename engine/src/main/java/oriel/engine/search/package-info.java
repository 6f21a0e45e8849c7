/**
 * Looks for bytes, texts, pointers and strings in any memory: many patterns in one pass, across
 * page edges, streaming what it finds.
 */
@NullMarked
package oriel.engine.search;

import org.jspecify.annotations.NullMarked;
