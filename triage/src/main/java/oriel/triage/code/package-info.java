/** What the faulting instruction did, and what the ones after it would have done. */
@NullMarked
package oriel.triage.code;

import org.jspecify.annotations.NullMarked;
