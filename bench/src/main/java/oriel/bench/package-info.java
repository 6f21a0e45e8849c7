/** Measurements of speed, and comparisons with peers. Never shipped. */
@NullMarked
package oriel.bench;

import org.jspecify.annotations.NullMarked;
