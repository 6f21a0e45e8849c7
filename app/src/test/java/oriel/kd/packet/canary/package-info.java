/** Classes that break a rule on purpose: the rule must find them. */
@NullMarked
package oriel.kd.packet.canary;

import org.jspecify.annotations.NullMarked;
