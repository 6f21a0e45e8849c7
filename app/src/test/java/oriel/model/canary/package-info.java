/** Classes that break a rule on purpose: the rule must find them. */
@NullMarked
package oriel.model.canary;

import org.jspecify.annotations.NullMarked;
