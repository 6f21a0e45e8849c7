/** What lies at an address of a target. */
@NullMarked
package oriel.triage.place;

import org.jspecify.annotations.NullMarked;
