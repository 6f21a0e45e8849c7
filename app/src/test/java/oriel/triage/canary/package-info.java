/** Classes that break a rule on purpose: the rule must find them. */
@NullMarked
package oriel.triage.canary;

import org.jspecify.annotations.NullMarked;
