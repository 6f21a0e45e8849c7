/**
 * A Windows kernel in memory: where its tables are, its drivers, processors, processes and threads.
 * Works over any memory, that of a dump or of a live target held still; knows neither.
 */
@NullMarked
package oriel.engine.kernel;

import org.jspecify.annotations.NullMarked;
