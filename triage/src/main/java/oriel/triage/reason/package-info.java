/** Why a program stopped: exception codes in words, and what their parameters point to. */
@NullMarked
package oriel.triage.reason;

import org.jspecify.annotations.NullMarked;
