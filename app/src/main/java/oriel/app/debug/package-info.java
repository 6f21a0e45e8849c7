/** The console of the debugger: commands that run processes, and what is shown at each stop. */
@NullMarked
package oriel.app.debug;

import org.jspecify.annotations.NullMarked;
