/** Measurements: JMH benches and comparisons with other tools. Never shipped. */
@NullMarked
package oriel.bench;

import org.jspecify.annotations.NullMarked;
