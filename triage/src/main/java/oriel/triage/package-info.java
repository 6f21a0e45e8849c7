/** Judges a target: what crashed, where, why and how bad it is. Never prints. */
@NullMarked
package oriel.triage;

import org.jspecify.annotations.NullMarked;
