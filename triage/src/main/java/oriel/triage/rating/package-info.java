/** How bad a crash is: the rules, first match decides. */
@NullMarked
package oriel.triage.rating;

import org.jspecify.annotations.NullMarked;
