/**
 * Bug checks in words: what code and parameters mean, what the records they point to tell, and
 * which driver is probably at fault.
 */
@NullMarked
package oriel.triage.bugcheck;

import org.jspecify.annotations.NullMarked;
