/** Likely causes and oddities of a crash, each with how sure it is. */
@NullMarked
package oriel.triage.finding;

import org.jspecify.annotations.NullMarked;
