/** The program: the only place that reads the environment, prints and decides exit codes. */
@NullMarked
package oriel.app;

import org.jspecify.annotations.NullMarked;
